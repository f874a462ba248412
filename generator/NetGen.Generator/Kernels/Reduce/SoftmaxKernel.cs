namespace NetGen.Generator;

/// <summary>Y = exp(X - max X) / sum exp(X - max X) over rows of a constant length: three passes over a row that is in the first-level cache.</summary>
internal sealed record SoftmaxKernel(Dim Rows, int Size) : Kernel
{
    public override string Name => FormattableString.Invariant($"Softmax_{this.Size}");

    public override string Summary => $"Y (rows,{this.Size}) = softmax of X along its last axis, row by row, written out because the row's length is a constant.";

    public override IReadOnlyList<KernelOperand> Operands => [new("x", Access.ReadOwn), new("y", Access.WriteOwn)];

    public override IReadOnlyList<string> Sizes => [];

    public override Dim? Units => this.Rows;

    public override Dim Work => this.Rows * this.Size * 8;

    // Rows are not named in the code, so kernels of equal size are one.
    public bool Equals(SoftmaxKernel? other) => this.Size == other?.Size;

    public override int GetHashCode() => this.Size;

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        using (this.Entry(code, optimize: true, options))
        {
            code.Line($"const int Size = {this.Size};");
            for (int p = 0; p < Isa.All.Length; p++)
            {
                Isa isa = Isa.All[p];
                using (code.Braces(p == Isa.All.Length - 1 ? "else" : $"{(p > 0 ? "else " : "")}if ({isa.Vector}.IsHardwareAccelerated)"))
                using (code.Braces("for (nint row = start; row < end; row++)"))
                {
                    this.EmitRow(code, isa);
                }
            }
        }
    }

    private void EmitRow(CodeWriter code, Isa isa)
    {
        int whole = this.Size / isa.Width * isa.Width;
        int tail = this.Size - whole;
        string tailX = $"Unsafe.Add(ref xRow, {whole})", tailY = $"Unsafe.Add(ref yRow, {whole})";
        code.Line("ref float xRow = ref Unsafe.Add(ref x, row * Size);");
        code.Line("ref float yRow = ref Unsafe.Add(ref y, row * Size);");
        code.Line("float max = float.NegativeInfinity;");
        if (whole > 0)
        {
            code.Line($"{isa.Type} maxima = {isa.Create("float.NegativeInfinity")};");
            using (code.Braces($"for (nint i = 0; i < {whole}; i += {isa.Width})"))
            {
                code.Line($"maxima = {isa.Vector}.Max(maxima, {isa.Load("xRow", "i")});");
            }

            code.Line("max = Horizontal.Max(maxima);");
        }

        if (tail > 0)
        {
            using (code.Braces($"for (nint i = {whole}; i < Size; i++)"))
            {
                code.Line("max = Math.Max(max, Unsafe.Add(ref xRow, i));");
            }
        }

        code.Line($"{isa.Type} shift = {isa.Create("max")};");
        code.Line($"{isa.Type} sum = {isa.Zero};");
        if (whole > 0)
        {
            using (code.Braces($"for (nint i = 0; i < {whole}; i += {isa.Width})"))
            {
                code.Line($"{isa.Type} e = VectorMath.Exp({isa.Load("xRow", "i")} - shift);");
                code.Line(isa.Store("e", "yRow", "i"));
                code.Line("sum += e;");
            }
        }

        if (tail > 0)
        {
            code.Line($"{isa.Type} last = VectorMath.Exp({isa.LoadTail(tailX, Literal.Of(tail))} - shift) & LaneMask.First{isa.Suffix}({tail});");
            code.Line("sum += last;");
        }

        code.Line($"{isa.Type} scale = {isa.Create("1f / Horizontal.Sum(sum)")};");
        if (whole > 0)
        {
            using (code.Braces($"for (nint i = 0; i < {whole}; i += {isa.Width})"))
            {
                code.Line(isa.Store($"({isa.Load("yRow", "i")} * scale)", "yRow", "i"));
            }
        }

        if (tail > 0)
        {
            code.Line(isa.StoreTail("last * scale", tailY, Literal.Of(tail)));
        }
    }
}
