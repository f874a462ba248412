namespace NetGen.Generator;

/// <summary>Y (M,N) = op(A) · op(B) by plain loops with run-time sizes: the product of two matrices that both depend on the input.</summary>
internal sealed record PlainMatMulKernel(Dim M, Dim K, Dim N, bool TransposeA, bool TransposeB) : Kernel
{
    public override string Name =>
        $"MatMulPlain_{string.Concat($"{this.M}x{this.K}x{this.N}".Select(c => char.IsLetterOrDigit(c) ? c : '_'))}{(this.TransposeA ? "_TransA" : "")}{(this.TransposeB ? "_TransB" : "")}";

    public override string Summary => $"Y ({this.M},{this.N}) = {(this.TransposeA ? "Aᵀ" : "A")} · {(this.TransposeB ? "Bᵀ" : "B")}, inner size {this.K}; plain loops, because {this.Reason}.";

    private string Reason =>
        !this.N.IsConstant ? "the columns are known only at run time"
        : !(this.TransposeA ? this.M : this.K).IsConstant ? "the distance of A's rows is known only at run time"
        : this.TransposeB ? "B is made at each step, and would have to be transposed"
        : "B is the caller's, and nothing may be read behind its last row";

    public override IReadOnlyList<KernelOperand> Operands => [new("a", this.TransposeA ? Access.ReadAll : Access.ReadOwn), new("b", Access.ReadAll), new("y", Access.WriteOwn)];

    public override IReadOnlyList<string> Sizes => SizeNames.Of([this.M, this.K, this.N]);

    public override Dim? Units => this.M;

    public override Dim Work => this.M * this.K * this.N;

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        using (this.Entry(code, optimize: false, options))
        {
            (string rowA, string innerA) = this.TransposeA ? ("1", Literal.Size(this.M)) : (Literal.Size(this.K), "1");
            (string innerB, string columnB) = this.TransposeB ? ("1", Literal.Size(this.K)) : (Literal.Size(this.N), "1");
            code.Line($"Packing.MatMul(ref a, ref b, ref y, {Literal.Size(this.K)}, {Literal.Size(this.N)}, {rowA}, {innerA}, {innerB}, {columnB}, start, end);");
        }
    }
}
