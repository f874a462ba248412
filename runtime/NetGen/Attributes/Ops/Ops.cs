namespace NetGen;

/// <summary>
/// Operations beside Keras's layers, by ONNX's names and with its meanings: <c>[Ops.Where("condition", "x", "y", Name = "chosen")]</c>. Default names are those of the operation in
/// snake case.
/// </summary>
/// <remarks>
/// Axes count with the batch as 0, and from the end where they are negative; the batch itself is not sliced or reduced. Maps have their channels last. All numbers are floats: truth is
/// 1 and 0, what is not 0 is true, and whole numbers are exact up to 2^24.
/// <para>
/// What <see cref="ConstantAttribute"/> and <see cref="ParameterAttribute"/> give, and what is made of such alone, is the same for every sample and has no batch: its axes are those of its
/// shape, all of which may be named. Operations on several inputs broadcast; one without a batch aligns at the right, as in NumPy, while those with a batch keep it first.
/// </para>
/// </remarks>
public static partial class Ops;
