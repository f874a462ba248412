namespace NetGen.Generator;

/// <summary>
/// Y[b, h] (M,N) = op(A[b, h]) · op(B[b, h]). A part copies the matrix B that it is at into panels of its own, which transposes it where it must be, brings distant rows together and pads what
/// is left of the columns; then register tiles of rows run over it. Threads share blocks of rows of all matrices. Every element of Y is one chain in the order of K, so the bits do not
/// depend on how rows fall into tiles or onto threads.
/// </summary>
/// <param name="A">The left matrices.</param>
/// <param name="B">The right matrices.</param>
/// <param name="Y">The products.</param>
/// <param name="TransposeA">Whether A is stored (K,M).</param>
/// <param name="TransposeB">Whether B is stored (N,K).</param>
/// <param name="Triangle">What has zeros above its diagonal.</param>
internal sealed record BatchMatMulKernel(MatrixBatch A, MatrixBatch B, MatrixBatch Y, bool TransposeA, bool TransposeB, Triangle Triangle) : Kernel
{
    /// <summary>Rows of a unit: enough to pay for the copy of B that each part makes.</summary>
    private const int RowBlock = 64;

    /// <summary>Rows of the tallest tile of any path.</summary>
    private const int MostRows = 8;

    public override string Name => FormattableString.Invariant(
        $"BatchMatMul_{Part(this.Y.Heads)}x{Part(this.Y.Rows)}x{Part(this.K)}x{Part(this.Y.Columns)}{Form("A", this.A, this.TransposeA)}{Form("B", this.B, this.TransposeB)}{Form("Y", this.Y, false)}{(this.Triangle == Triangle.None ? "" : "_Lower" + this.Triangle)}");

    public override string Summary =>
        $"Y ({this.Y.Outer} x {this.Y.Heads} matrices of {this.Y.Rows},{this.Y.Columns}) = {(this.TransposeA ? "transposed A" : "A")} · {(this.TransposeB ? "transposed B" : "B")}, inner size {this.K}" +
        $"{(this.Triangle == Triangle.None ? "" : $", without the zeros above the diagonal of the {this.Triangle.ToString().ToLowerInvariant()} matrices")}; each B in panels of 32 columns first; tiles of 8x2, 6x2, 4x2 vectors.";

    public override IReadOnlyList<KernelOperand> Operands => [new("a", Access.ReadAll), new("b", Access.ReadAll), new("scratch", Access.WriteScattered), new("y", Access.WriteScattered)];

    public override IReadOnlyList<string> Sizes => SizesOf(this.A, this.B, this.Y);

    /// <summary>The run-time sizes that the code names: that of the batch only where rows lie outside of it.</summary>
    public static IReadOnlyList<string> SizesOf(params MatrixBatch[] matrices) => SizeNames.Of(matrices.SelectMany(m => new[] { m.OfAnySamples.Outer, m.Heads, m.Rows, m.Columns }));

    public override bool UsesFrame => true;

    public override Dim? Units => this.Y.Outer * this.Y.Heads * this.Blocks;

    /// <summary>The blocks of a matrix share its panels.</summary>
    public override int? Grain => this.Blocks.IsConstant ? checked((int)this.Blocks.Constant) : 1;

    public override Dim Work => this.Y.Outer * this.Y.Heads * this.Y.Rows * this.K * this.Y.Columns;

    public override IEnumerable<RegisterTile> Tiles => [.. this.Sets.SelectMany(s => s.All)];

    // The number of samples is not named in the code.
    public bool Equals(BatchMatMulKernel? other) =>
        other is not null && this.A.OfAnySamples == other.A.OfAnySamples && this.B.OfAnySamples == other.B.OfAnySamples && this.Y.OfAnySamples == other.Y.OfAnySamples
        && this.TransposeA == other.TransposeA && this.TransposeB == other.TransposeB && this.Triangle == other.Triangle;

    public override int GetHashCode() => unchecked(((this.Y.Columns.GetHashCode() * 31) + this.K.GetHashCode()) * 31) + this.Y.Rows.GetHashCode();

    /// <summary>Floats of the panels of one B: the columns of the last one are filled up.</summary>
    public Dim PanelFloats => this.K * (this.Columns is { } columns ? PanelLayout.StoredColumns(columns) : this.Y.Columns.Affine(PanelLayout.Width - 1, PanelLayout.Width) * PanelLayout.Width);

    private Dim K => this.TransposeA ? this.A.Rows : this.A.Columns;

    /// <summary>Blocks of rows of a matrix.</summary>
    private Dim Blocks => this.Y.Rows.Affine(RowBlock - 1, RowBlock);

    /// <summary>N, where it is a constant.</summary>
    private int? Columns => this.Y.Columns.IsConstant ? checked((int)this.Y.Columns.Constant) : null;

    private bool HasWholePanels => this.Columns is not < PanelLayout.Width;

    /// <summary>The last panel, where a constant number of columns is left over.</summary>
    private (int Width, int Valid) LastPanel =>
        this.Columns is { } columns && columns % PanelLayout.Width > 0 ? (columns % PanelLayout.Width <= 16 ? 16 : PanelLayout.Width, columns % PanelLayout.Width) : default;

    private TileSet Set(int columns) => new(MatMulKernel.RowsOfTiles, isa => TileSet.Cut(isa, columns), this.Tile);

    private IEnumerable<TileSet> Sets => [.. this.HasWholePanels ? [this.Set(PanelLayout.Width)] : Array.Empty<TileSet>(), .. this.LastPanel.Valid > 0 ? [this.Set(this.LastPanel.Valid)] : Array.Empty<TileSet>()];

    private RegisterTile Tile(Isa isa, int rows, int lanes) => new(isa, rows, lanes) { Form = this.TransposeA ? TileForm.Adjacent : TileForm.Strided };

    private static string Part(Dim dim) => Identifier(dim);

    public static string Form(string operand, MatrixBatch matrices, bool isTransposed)
    {
        // How far apart rows lie is then of the batch.
        string order = matrices.Order switch { MatrixForm.Interleaved => "Split", MatrixForm.RowsFirst => $"{Part(matrices.Outer)}Behind", _ => "" };
        return !isTransposed && order.Length == 0 ? "" : $"_{(isTransposed ? "Trans" : "")}{order}{operand}";
    }

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        using (this.Entry(code, optimize: true, options))
        {
            code.Line($"nint M = {Literal.Size(this.Y.Rows)}, K = {Literal.Size(this.K)}, N = {Literal.Size(this.Y.Columns)}, heads = {Literal.Size(this.Y.Heads)}, blocks = {Literal.Size(this.Blocks)};");
            code.Line($"ref float panels = ref Unsafe.Add(ref scratch, frame.PartIndex * {Literal.Size(this.PanelFloats)});");
            if (this.Columns is null)
            {
                code.Line($"Span<float> rest = stackalloc float[{MostRows * PanelLayout.Width}];");
            }

            code.Line("nint packed = -1;");
            using (code.Braces("for (nint unit = start; unit < end; unit++)"))
            {
                code.Line("nint matrix = unit / blocks, outer = matrix / heads, head = matrix - (outer * heads);");
                code.Line($"nint first = (unit - (matrix * blocks)) * {RowBlock}, last = Math.Min(M, first + {RowBlock});");
                code.Line($"ref float aHead = ref Unsafe.Add(ref a, {Origin(this.A)});");
                code.Line($"ref float yHead = ref Unsafe.Add(ref y, {Origin(this.Y)});");
                using (code.Braces("if (matrix != packed)"))
                {
                    string method = this.TransposeB ? "MatrixToTransposedPanels" : "MatrixToPanels";
                    code.Line($"Packing.{method}(ref Unsafe.Add(ref b, {Origin(this.B)}), ref panels, K, N, {Literal.Size(this.B.RowStride)}, {(this.Columns is null ? PanelLayout.Width : 16)});");
                    code.Line("packed = matrix;");
                }

                code.Line($"nint size = {TileSet.Height(MatMulKernel.RowsOfTiles, "last - first")};");
                string stop = this.Triangle == Triangle.Product ? "Math.Min(N, last)" : "N";
                using (code.Braces($"for (nint column = 0; column < {stop}; column += {PanelLayout.Width})"))
                {
                    if (this.Columns is null)
                    {
                        this.EmitRows(code, this.Set(PanelLayout.Width), PanelLayout.Width);
                    }
                    else
                    {
                        TileSet.EmitForPanel(code, $"column + {PanelLayout.Width} <= N", this.HasWholePanels, this.LastPanel, (width, valid) => this.EmitRows(code, this.Set(valid), width));
                    }
                }

                if (this.Triangle == Triangle.Product)
                {
                    using (code.Braces("for (nint row = first; row < Math.Min(last, N - 1); row++)"))
                    {
                        code.Line($"Packing.Clear(ref Unsafe.Add(ref yHead, (row * {Literal.Size(this.Y.RowStride)}) + row + 1), N - 1 - row);");
                    }
                }
            }
        }
    }

    public static string Origin(MatrixBatch matrices) => $"(outer * {Literal.Size(matrices.OuterStride)}) + (head * {Literal.Size(matrices.HeadStride)})";

    /// <summary>The block's rows of a panel. Where rows are left over, the last tile is moved back and computes a few again, which gives the same bits.</summary>
    private void EmitRows(CodeWriter code, TileSet tiles, int width)
    {
        using (code.Braces("for (nint row = first; row < last; row += size)"))
        {
            code.Line("nint at = Math.Min(row, last - size);");
            if (this.Triangle == Triangle.Product)
            {
                using (code.Braces("if (at + size <= column)"))
                {
                    code.Line("continue;");
                }
            }

            // Of a triangle the inner steps begin or end at the diagonal.
            (string from, string k) = this.Triangle != Triangle.Left ? ("0", "K") : this.TransposeA ? ("skipped", "K - skipped") : ("0", "Math.Min(K, at + size)");
            if (from != "0")
            {
                code.Line("nint skipped = Math.Min(K, at);");
            }

            string rowA = Literal.Size(this.A.RowStride);
            string skippedA = from == "0" ? "" : $" + (skipped * {rowA})", skippedB = from == "0" ? "" : $" + (skipped * {width})";
            code.Line($"ref float aAt = ref Unsafe.Add(ref aHead, {(this.TransposeA ? "at" + skippedA : $"at * {rowA}")});");
            code.Line($"ref float bAt = ref Unsafe.Add(ref panels, (column * K){skippedB});");
            code.Line($"ref float yAt = ref Unsafe.Add(ref yHead, (at * {Literal.Size(this.Y.RowStride)}) + column);");
            if (this.Columns is not null)
            {
                tiles.Emit(code, column => Call(column, "yAt", Literal.Size(this.Y.RowStride)), Isa.All);
                return;
            }

            // The last of a run-time number of columns go through a tile's own memory.
            code.Line($"bool isWhole = column + {PanelLayout.Width} <= N;");
            code.Line("ref float to = ref isWhole ? ref yAt : ref MemoryMarshal.GetReference(rest);");
            code.Line($"nint stride = isWhole ? {Literal.Size(this.Y.RowStride)} : {PanelLayout.Width};");
            tiles.Emit(code, column => Call(column, "to", "stride"), Isa.All);
            using (code.Braces("if (!isWhole)"))
            {
                code.Line($"Packing.CopyRows(ref to, ref yAt, size, N - column, {PanelLayout.Width}, {Literal.Size(this.Y.RowStride)});");
            }

            TileCall Call(string column, string y, string stride) => new("aAt", TileSet.At("bAt", column), TileSet.At(y, column))
            {
                K = k,
                StrideA = rowA,
                StepA = rowA,
                StepB = Literal.Of(width),
                StrideY = stride,
            };
        }
    }
}
