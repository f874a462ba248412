namespace NetGen.Generator;

/// <summary>
/// Y (M,1) = A (M,K) · B (K,1): a scalar product a row, with vectors along K. In a panel of 16 columns 15 of 16 lanes would work for nothing.
/// </summary>
internal sealed record DotKernel(Dim M, int K) : Kernel
{
    /// <summary>Independent sums, which hide the latency of the multiply-adds.</summary>
    private const int Chains = 4;

    public override string Name => FormattableString.Invariant($"Dot_{this.K}");

    public override string Summary => $"Y (rows,1) = X (rows,{this.K}) · W ({this.K},1): vectors along the rows of X in {Chains} chains, because one column would fill one lane of a panel.";

    public override IReadOnlyList<KernelOperand> Operands => [new("x", Access.ReadOwn), new("w", Access.ReadAll), new("y", Access.WriteOwn)];

    public override IReadOnlyList<string> Sizes => [];

    public override Dim? Units => this.M;

    public override Dim Work => this.M * this.K;

    // Rows are not named in the code, so kernels of equal length are one.
    public bool Equals(DotKernel? other) => this.K == other?.K;

    public override int GetHashCode() => this.K;

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        using (this.Entry(code, optimize: true, options))
        {
            for (int p = 0; p < Isa.All.Length; p++)
            {
                Isa isa = Isa.All[p];
                using (code.Braces(p == Isa.All.Length - 1 ? "else" : $"{(p > 0 ? "else " : "")}if ({isa.Vector}.IsHardwareAccelerated)"))
                using (code.Braces("for (nint row = start; row < end; row++)"))
                {
                    code.Line($"ref float a = ref Unsafe.Add(ref x, row * {this.K});");
                    string sum = EmitSum(code, isa, this.K, "a", "w", "0");
                    code.Line($"Unsafe.Add(ref y, row) = {sum};");
                }
            }
        }
    }

    /// <summary>Writes the scalar product of two runs of <paramref name="length"/> floats and gives its C#.</summary>
    public static string EmitSum(CodeWriter code, Isa isa, int length, string a, string b, string offsetB)
    {
        int vectors = length / isa.Width;
        int chains = Math.Max(1, Math.Min(Chains, vectors));
        for (int c = 0; c < chains; c++)
        {
            code.Line($"{isa.Type} sum{c} = {isa.Zero};");
        }

        string At(string i) => offsetB == "0" ? i : $"{offsetB} + {i}";
        int whole = vectors / chains * chains * isa.Width;
        if (whole > 0)
        {
            using (code.Braces($"for (nint i = 0; i < {whole}; i += {chains * isa.Width})"))
            {
                for (int c = 0; c < chains; c++)
                {
                    string i = c == 0 ? "i" : $"i + {c * isa.Width}";
                    code.Line($"sum{c} = {isa.MultiplyAdd}({isa.Load(a, i)}, {isa.Load(b, At(i))}, sum{c});");
                }
            }
        }

        for (int i = whole; i < length; i += isa.Width)
        {
            int lanes = Math.Min(isa.Width, length - i);
            string at = Literal.Of(i);
            (string x, string w) = lanes == isa.Width ? (isa.Load(a, at), isa.Load(b, At(at)))
                : (isa.LoadTail($"Unsafe.Add(ref {a}, {at})", Literal.Of(lanes)), isa.LoadTail($"Unsafe.Add(ref {b}, {At(at)})", Literal.Of(lanes)));
            code.Line($"sum0 = {isa.MultiplyAdd}({x}, {w}, sum0);");
        }

        string total = chains switch
        {
            1 => "sum0",
            2 => "sum0 + sum1",
            3 => "sum0 + sum1 + sum2",
            _ => "(sum0 + sum1) + (sum2 + sum3)",
        };
        return $"Horizontal.Sum({total})";
    }
}
