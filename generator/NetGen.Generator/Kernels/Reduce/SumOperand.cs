namespace NetGen.Generator;

/// <summary>How an operand of a sum lies.</summary>
internal enum SumOperand
{
    Full,
    Row,
    Scalar,
}
