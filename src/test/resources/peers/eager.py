"""Trains and applies a network description in eager PyTorch with channels_last tensors, as its users would.

Arguments: JSON file of the network, input shape of training and of prediction (samples,channels,(z,)y,x), classes.
Then each line of the standard input, "train" or "predict", is one step, answered by one number.
"""
import json
import sys

import torch
from torch import nn
from torch.nn import functional as F

with open(sys.argv[1], encoding="utf-8") as file:
    network = json.load(file)
shape, whole = ([int(v) for v in a.split(",")] for a in sys.argv[2:4])
n = network["dimensions"]
layout = torch.channels_last if n == 2 else torch.channels_last_3d
CONV = {2: nn.LazyConv2d, 3: nn.LazyConv3d}[n]
UP = {2: nn.LazyConvTranspose2d, 3: nn.LazyConvTranspose3d}[n]
NORM = {2: nn.LazyBatchNorm2d, 3: nn.LazyBatchNorm3d}[n]
POOL = {2: nn.MaxPool2d, 3: nn.MaxPool3d}[n]


def module(layer):
    kind = layer["layer"]
    if kind == "convolution":
        size = layer["size"][::-1]
        same = layer["padding"]["kind"] == "SAME"
        return CONV(layer["filters"], size, padding=[s // 2 if same else 0 for s in size], bias=layer["bias"])
    if kind == "transposed convolution":
        return UP(layer["filters"], layer["size"][::-1], stride=layer["stride"][::-1])
    if kind == "normalization":
        return NORM()
    if kind == "pooling":
        return POOL(layer["size"][::-1])
    if kind == "dense":
        return nn.LazyLinear(layer["units"])
    if kind == "flatten":
        return nn.Flatten()
    if kind == "activation":
        return nn.Identity()
    if kind == "concatenation":
        return None
    raise ValueError("no module for " + kind)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.parts = nn.ModuleList([module(node["layer"]) or nn.Identity() for node in network["layers"]])

    def forward(self, x):
        results = []
        for part, node in zip(self.parts, network["layers"]):
            values = [x if i < 0 else results[i] for i in node["inputs"]]
            value = part(torch.cat(values, 1) if len(values) > 1 else values[0])
            if (node["layer"].get("activation") or {}).get("kind") == "RELU":
                value = F.relu(value)
            results.append(value)
        return results[-1]


torch.manual_seed(1)
x, large = (torch.rand(s).to(memory_format=layout) for s in (shape, whole))
net = Net()
with torch.no_grad():
    logits = net(x)
net = net.to(memory_format=layout)
y = torch.randint(logits.shape[1], [logits.shape[0], *logits.shape[2:]])
optimizer = torch.optim.Adam(net.parameters(), 1e-3, fused=True)
print(torch.__version__, torch.get_num_threads(), flush=True)
for line in sys.stdin:
    if line.strip() == "train":
        net.train()
        optimizer.zero_grad()
        loss = F.cross_entropy(net(x), y)
        loss.backward()
        optimizer.step()
        print(loss.item(), flush=True)
    else:
        net.eval()
        with torch.no_grad():
            print(net(large).softmax(1).sum().item(), flush=True)
