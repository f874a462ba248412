namespace NetGen.Keras;

/// <summary>Where weights were found.</summary>
/// <param name="Tensors">For each that was wanted, the file's; null where none fits, which only happens when that is allowed.</param>
/// <param name="Problems">What does not fit, a sentence each.</param>
/// <param name="Matching">By name or by order.</param>
internal sealed record WeightMatch(HdfTensor?[] Tensors, IReadOnlyList<string> Problems, KerasMatching Matching);
