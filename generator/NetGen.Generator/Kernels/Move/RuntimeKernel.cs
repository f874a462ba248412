namespace NetGen.Generator;

/// <summary>
/// A movement of data that the runtime library has ready: it does no arithmetic, so a specialised form would gain nothing. The kernel is one line that calls it.
/// </summary>
/// <param name="Method">The method of <c>NetGen.Packing</c>.</param>
/// <param name="Arguments">Its constant arguments.</param>
/// <param name="Formula">What it does.</param>
internal sealed record RuntimeKernel(string Method, EquatableArray<Dim> Arguments, string Formula) : Kernel
{
    public override string Name => this.Method + "_" + string.Concat(string.Join("x", this.Arguments).Select(c => char.IsLetterOrDigit(c) ? c : '_'));

    public override string Summary => this.Formula;

    public override IReadOnlyList<KernelOperand> Operands => [new("x", Access.ReadAll), new("y", Access.WriteScattered)];

    public override IReadOnlyList<string> Sizes => SizeNames.Of(this.Arguments);

    public override Dim? Units => null;

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        using (this.Entry(code, optimize: false, options))
        {
            code.Line($"Packing.{this.Method}({string.Join(", ", new[] { "ref x", "ref y" }.Concat(this.Arguments.Select(Literal.Size)))});");
        }
    }
}
