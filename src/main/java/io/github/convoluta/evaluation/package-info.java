/**
 * How good results are: measures of pixels, objects, boundaries and classes against the truth. Formulas are those of
 * scikit-learn, StarDist and MedPy, so that figures can be compared. It may use all rooms before it, and knows nothing of
 * windows, of ImageJ or of SciJava.
 */
package io.github.convoluta.evaluation;
