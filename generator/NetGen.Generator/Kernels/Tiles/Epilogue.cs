namespace NetGen.Generator;

/// <summary>How an epilogue's operand lies beside the product.</summary>
internal enum EpilogueOperand
{
    /// <summary>One number a column: a bias.</summary>
    Row,

    /// <summary>The product's own shape: a residual, or the output whose sign gates a gradient.</summary>
    Full,
}

/// <summary>
/// What happens to a product while it is still in registers. Input 0 of the expression is the product, the others are the operands.
/// </summary>
internal sealed record Epilogue(Expr Body, EquatableArray<EpilogueOperand> Operands)
{
    public static readonly Epilogue None = new(Expr.In(0), EquatableArray<EpilogueOperand>.Empty);

    /// <summary>The operands in a kernel's signature, e1 and on: every part may read them all.</summary>
    public IEnumerable<KernelOperand> KernelOperands => this.Operands.Select((_, i) => new KernelOperand("e" + Literal.Of(i + 1), Access.ReadAll));

    public override string ToString() => this == None ? "" : this.Body.ToString();
}
