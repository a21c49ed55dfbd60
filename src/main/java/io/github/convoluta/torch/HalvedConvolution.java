package io.github.convoluta.torch;

/**
 * A convolution that training in 3-D needs. For small volumes without a batch libtorch chooses one that is several times
 * slower; two halves with a margin are a batch. With channels last their results lie behind one another, as the whole does.
 */
final class HalvedConvolution {

	static final String NAME = "convolve_halves";

	/** The method, for the class {@code Net}. */
	static final String METHOD =
		"""
				  def convolve_halves(self: __torch__.Net,
				    x: Tensor,
				    w: Tensor,
				    b: Optional[Tensor],
				    pad: List[int],
				    dilation: List[int],
				    groups: int) -> Tensor:
				    d = torch.size(x, 2)
				    c = torch.size(x, 1)
				    single = torch.eq(torch.size(x, 0), 1)
				    even = torch.eq(torch.remainder(d, 2), 0)
				    small = torch.le(torch.mul(torch.mul(c, d), torch.size(x, 3)), 20480)
				    full = torch.eq(torch.mul(2, pad[0]), torch.mul(dilation[0], torch.sub(torch.size(w, 2), 1)))
				    if torch.__and__(torch.__and__(single, even), torch.__and__(small, full)):
				      margin = torch.mul(2, pad[0])
				      half = torch.floordiv(d, 2)
				      p = torch.constant_pad_nd(x, [0, 0, 0, 0, pad[0], pad[0]], 0)
				      first = torch.narrow(p, 2, 0, torch.add(half, margin))
				      second = torch.narrow(p, 2, half, torch.add(half, margin))
				      both = torch.cat([first, second], 0)
				      if torch.eq(c, 1):
				        row = torch.size(x, 4)
				        plane = torch.mul(row, torch.size(x, 3))
				        sizes = [2, 1, torch.add(half, margin), torch.size(x, 3), row]
				        both0 = torch.as_strided(torch.contiguous(both), sizes, [torch.mul(plane, torch.add(half, margin)), 1, plane, row, 1])
				      else:
				        both0 = both
				      v = torch.conv3d(both0, w, b, [1, 1, 1], [0, pad[1], pad[2]], dilation, groups)
				      rows = torch.permute(v, [0, 2, 3, 4, 1])
				      joined = torch.reshape(rows, [1, torch.mul(2, torch.size(rows, 1)), torch.size(rows, 2), torch.size(rows, 3), torch.size(rows, 4)])
				      out = torch.permute(joined, [0, 4, 1, 2, 3])
				    else:
				      out = torch.conv3d(x, w, b, [1, 1, 1], pad, dilation, groups)
				    return out
				""";

	private HalvedConvolution() {}
}
