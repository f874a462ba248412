namespace NetGen.Generator;

/// <summary>
/// y[b, h] (1,N) = a[b, h] (1,K) · op(B[b, h]): a single row, as a step of a stream asks for. Each B is read once and where it lies: panels of it, which pay off over many rows, would cost
/// more than the product. Of a B that is transposed each row gives a scalar product, of any other the rows are added up in registers.
/// </summary>
/// <param name="A">The left rows.</param>
/// <param name="B">The right matrices.</param>
/// <param name="Y">The products.</param>
/// <param name="TransposeB">Whether B is stored (N,K).</param>
internal sealed record BatchRowKernel(MatrixBatch A, MatrixBatch B, MatrixBatch Y, bool TransposeB) : Kernel
{
    /// <summary>Vectors of a row that are summed at a time.</summary>
    private const int MostVectors = 8;

    /// <summary>Independent sums, which hide the latency of the multiply-adds.</summary>
    private const int Chains = 4;

    public override string Name => FormattableString.Invariant(
        $"BatchRow_{Identifier(this.Y.Heads)}x{Identifier(this.A.Columns)}x{Identifier(this.Y.Columns)}{BatchMatMulKernel.Form("A", this.A, false)}{BatchMatMulKernel.Form("B", this.B, this.TransposeB)}{BatchMatMulKernel.Form("Y", this.Y, false)}");

    public override string Summary =>
        $"y ({this.Y.Outer} x {this.Y.Heads} rows of {this.Y.Columns}) = a · {(this.TransposeB ? "transposed B" : "B")}, inner size {this.A.Columns}: B as it lies, because panels would serve one row.";

    public override IReadOnlyList<KernelOperand> Operands => [new("a", Access.ReadAll), new("b", Access.ReadAll), new("y", Access.WriteScattered)];

    public override IReadOnlyList<string> Sizes => BatchMatMulKernel.SizesOf(this.A, this.B, this.Y);

    public override Dim? Units => this.Y.Outer * this.Y.Heads;

    public override Dim Work => this.Y.Outer * this.Y.Heads * this.A.Columns * this.Y.Columns;

    // The number of samples is not named in the code.
    public bool Equals(BatchRowKernel? other) =>
        other is not null && this.A.OfAnySamples == other.A.OfAnySamples && this.B.OfAnySamples == other.B.OfAnySamples && this.Y.OfAnySamples == other.Y.OfAnySamples && this.TransposeB == other.TransposeB;

    public override int GetHashCode() => unchecked((this.Y.Columns.GetHashCode() * 31) + this.A.Columns.GetHashCode());

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        using (this.Entry(code, optimize: true, options))
        {
            code.Line($"nint heads = {Literal.Size(this.Y.Heads)}, rows = {Literal.Size(this.B.Rows)}, stride = {Literal.Size(this.B.RowStride)};");
            using (code.Braces("for (nint unit = start; unit < end; unit++)"))
            {
                code.Line("nint outer = unit / heads, head = unit - (outer * heads);");
                code.Line($"ref float aRow = ref Unsafe.Add(ref a, {BatchMatMulKernel.Origin(this.A)});");
                code.Line($"ref float bHead = ref Unsafe.Add(ref b, {BatchMatMulKernel.Origin(this.B)});");
                code.Line($"ref float yRow = ref Unsafe.Add(ref y, {BatchMatMulKernel.Origin(this.Y)});");
                for (int p = 0; p < Isa.All.Length; p++)
                {
                    using (code.Braces(TileSet.Head(p, Isa.All.Length, Isa.All[p])))
                    {
                        if (this.TransposeB)
                        {
                            this.EmitDots(code, Isa.All[p]);
                        }
                        else
                        {
                            this.EmitSums(code, Isa.All[p]);
                        }
                    }
                }
            }
        }
    }

    /// <summary>The scalar product of the left row with each row of B.</summary>
    private void EmitDots(CodeWriter code, Isa isa)
    {
        using (code.Braces("for (nint row = 0; row < rows; row++)"))
        {
            code.Line("ref float bRow = ref Unsafe.Add(ref bHead, row * stride);");
            string sum = DotKernel.EmitSum(code, isa, checked((int)this.A.Columns.Constant), "aRow", "bRow", "0");
            code.Line($"Unsafe.Add(ref yRow, row) = {sum};");
        }
    }

    /// <summary>The rows of B, each times an element of the left row, added up some vectors at a time.</summary>
    private void EmitSums(CodeWriter code, Isa isa)
    {
        int columns = checked((int)this.Y.Columns.Constant), block = MostVectors * isa.Width, whole = columns / block * block;
        if (whole > 0)
        {
            using (code.Braces($"for (nint column = 0; column < {whole}; column += {block})"))
            {
                EmitBlock(code, isa, "column", block);
            }
        }

        if (whole < columns)
        {
            using (code.Braces())
            {
                EmitBlock(code, isa, Literal.Of(whole), columns - whole);
            }
        }
    }

    private static void EmitBlock(CodeWriter code, Isa isa, string column, int columns)
    {
        int vectors = (columns + isa.Width - 1) / isa.Width, rest = columns % isa.Width, chains = Math.Max(1, Chains / vectors);
        for (int i = 0; i < vectors * chains; i++)
        {
            code.Line($"{isa.Type} sum{i} = {isa.Zero};");
        }

        code.Line("nint row = 0;");
        if (chains > 1)
        {
            using (code.Braces($"for (; row <= rows - {chains}; row += {chains})"))
            {
                for (int c = 0; c < chains; c++)
                {
                    Row(c, c == 0 ? "row" : $"row + {c}");
                }
            }
        }

        using (code.Braces("for (; row < rows; row++)"))
        {
            Row(0, "row");
        }

        for (int v = 0; v < vectors; v++)
        {
            string total = string.Join(" + ", Enumerable.Range(0, chains).Select(c => $"sum{(c * vectors) + v}"));
            code.Line(v == vectors - 1 && rest > 0 ? isa.StoreTail(total, $"Unsafe.Add(ref yRow, {Place(column, v * isa.Width)})", Literal.Of(rest)) : isa.Store($"({total})", "yRow", Place(column, v * isa.Width)));
        }

        void Row(int chain, string row)
        {
            string name = $"bRow{chain}", factor = $"factor{chain}";
            code.Line($"ref float {name} = ref Unsafe.Add(ref bHead, {(row == "row" ? "(row" : $"(({row})")} * stride){(column == "0" ? "" : " + " + column)});");
            code.Line($"{isa.Type} {factor} = {isa.Create($"Unsafe.Add(ref aRow, {row})")};");
            for (int v = 0; v < vectors; v++)
            {
                string at = Literal.Of(v * isa.Width);
                string load = v == vectors - 1 && rest > 0 ? isa.LoadTail($"Unsafe.Add(ref {name}, {at})", Literal.Of(rest)) : isa.Load(name, at);
                code.Line($"sum{(chain * vectors) + v} = {isa.MultiplyAdd}({factor}, {load}, sum{(chain * vectors) + v});");
            }
        }

        static string Place(string column, int shift) => shift == 0 ? column : column == "0" ? Literal.Of(shift) : column.All(char.IsDigit) ? Literal.Of(long.Parse(column, System.Globalization.CultureInfo.InvariantCulture) + shift) : $"{column} + {shift}";
    }
}
