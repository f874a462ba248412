namespace NetGen.Generator;

/// <summary>
/// A 3x3 convolution of stride 1 by Winograd's minimal filtering: tiles of m x m outputs from (m + 2)² products a channel in place of 9 m². A block of tiles at a
/// time, so that its factors stay in the cache: the runtime transforms the map, (m + 2)² products of matrices run in register tiles, the runtime transforms
/// back, and the epilogue goes over what was just written. A block's rows of the map are its own, so neither bits nor results depend on threads.
/// </summary>
/// <param name="Samples">N.</param>
/// <param name="Map">The geometry; the map has zeros around it so that tiles fit.</param>
/// <param name="OutputHeight">Rows of Y.</param>
/// <param name="OutputWidth">Columns of Y.</param>
/// <param name="Filters">M, a multiple of 16 as the channels are.</param>
/// <param name="Outputs">m: 2 or 4.</param>
/// <param name="Epilogue">What is done to the result.</param>
internal sealed record WinogradKernel(Dim Samples, ConvSizes Map, int OutputHeight, int OutputWidth, int Filters, int Outputs, Epilogue Epilogue) : Kernel
{
    /// <summary>Rows of the tiles of products at most, by path.</summary>
    private static readonly Dictionary<Isa, int> MostRows = new() { [Isa.Avx512] = 14, [Isa.Avx2] = 6, [Isa.Portable] = 4 };

    /// <summary>Tiles of a block at least: each reads all factors of the filter.</summary>
    private const int FewestTiles = 14;

    /// <summary>Floats of a block's factors and products for which more tiles are taken: about half of a core's second-level cache.</summary>
    private const int CacheFloats = 128 * 1024;

    public override string Name => FormattableString.Invariant($"Winograd{this.Outputs}_{this.Map.Text}_to_{this.OutputHeight}x{this.OutputWidth}x{this.Filters}{EpilogueNames.Of(this.Epilogue)}");

    public override string Summary =>
        $"Y (n, {this.OutputHeight}, {this.OutputWidth}, {this.Filters}) = {(this.Epilogue == Epilogue.None ? "x0" : this.Epilogue.Body)} of X (n, {this.Map.Height}, {this.Map.Width}, {this.Map.Channels}) convolved with 3x3; " +
        $"F({this.Outputs}x{this.Outputs},3x3), {this.BlockRows * this.TileColumns} tiles at a time, products in tiles of {this.RowsOf(Isa.Avx512)}x2 vectors: {9.0 * this.Outputs * this.Outputs / this.Planes:0.##} times fewer multiplications.";

    public override IReadOnlyList<KernelOperand> Operands =>
    [
        new("x", Access.ReadAll),
        new("w", Access.ReadAll),
        .. this.Epilogue.Operands.Select((_, i) => new KernelOperand("e" + Literal.Of(i + 1), Access.ReadAll)),
        new("scratch", Access.WriteScattered),
        new("y", Access.WriteScattered),
    ];

    public override IReadOnlyList<string> Sizes => [];

    public override bool UsesFrame => true;

    public override Dim? Units => this.Samples * this.Blocks;

    public override Dim Work => this.Samples * ((long)this.TileRows * this.TileColumns * this.Planes * this.Map.Channels * this.Filters);

    public override IEnumerable<RegisterTile> Tiles => Isa.All.SelectMany(isa => this.Panels.SelectMany(p => TileSet.Cut(isa, p.Valid)).Select(b => this.Tile(isa, b.Lanes))).Distinct();

    /// <summary>Floats of scratch memory of one part: the factors of the map and the products.</summary>
    public int ScratchFloats => this.Planes * this.BlockTiles * (this.Map.Channels + this.Filters);

    // The number of samples is not named in the code.
    public bool Equals(WinogradKernel? other) =>
        other is not null && this.Map == other.Map && this.OutputHeight == other.OutputHeight && this.OutputWidth == other.OutputWidth
        && this.Filters == other.Filters && this.Outputs == other.Outputs && this.Epilogue == other.Epilogue;

    public override int GetHashCode() => unchecked((this.Map.GetHashCode() * 31) + this.Filters);

    /// <summary>
    /// m for a convolution, or 0 where the direct form serves better: F(4,3) needs maps of some size and factors of the filter that stay in the last-level cache;
    /// F(2,3) has fewer of both; few channels leave the transforms more work than they spare.
    /// </summary>
    public static int OutputsFor(ConvSizes sizes, int filters)
    {
        bool fits = sizes is { KernelHeight: 3, KernelWidth: 3, StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1, Channels: >= 32 } && filters >= 32
            && sizes.Channels % 16 == 0 && filters % 16 == 0;
        (int height, int width) = (sizes.OutputHeight, sizes.OutputWidth);
        long weights = (long)sizes.Channels * filters;
        return !fits || height < 4 || width < 4 ? 0
            : height >= 8 && width >= 8 && weights <= 256 * 256 ? 4
            : weights <= 512 * 512 ? 2 : 0;
    }

    /// <summary>The map with the zeros around it that whole tiles need.</summary>
    public static (int Height, int Width) MapFor(int outputHeight, int outputWidth, int outputs) =>
        (((outputHeight + outputs - 1) / outputs * outputs) + 2, ((outputWidth + outputs - 1) / outputs * outputs) + 2);

    private int Planes => (this.Outputs + 2) * (this.Outputs + 2);

    private int TileRows => (this.OutputHeight + this.Outputs - 1) / this.Outputs;

    private int TileColumns => (this.OutputWidth + this.Outputs - 1) / this.Outputs;

    /// <summary>Rows of tiles in a block.</summary>
    private int BlockRows
    {
        get
        {
            int perRow = this.Planes * this.TileColumns * (this.Map.Channels + this.Filters);
            int rows = Math.Max((FewestTiles + this.TileColumns - 1) / this.TileColumns, CacheFloats / perRow);
            int blocks = Math.Max(1, (this.TileRows + rows - 1) / rows);
            return (this.TileRows + blocks - 1) / blocks;
        }
    }

    private int Blocks => (this.TileRows + this.BlockRows - 1) / this.BlockRows;

    private int BlockTiles => Math.Max(this.BlockRows * this.TileColumns, Isa.All.Max(this.RowsOf));

    private IReadOnlyList<(int Column, int Width, int Valid)> Panels => PanelLayout.Panels(this.Filters);

    /// <summary>Rows of a path's tile: the block in as few equal parts as fit.</summary>
    private int RowsOf(Isa isa)
    {
        int tiles = this.BlockRows * this.TileColumns, parts = (tiles + MostRows[isa] - 1) / MostRows[isa];
        return (tiles + parts - 1) / parts;
    }

    private RegisterTile Tile(Isa isa, int lanes)
    {
        RegisterTile tile = new(isa, this.RowsOf(isa), lanes);
        return isa != Isa.Avx512 ? tile : tile with
        {
            Form = TileForm.Placed,
            Places = Enumerable.Range(0, tile.Rows).Select(i => i * this.Map.Channels).ToEquatableArray(),
        };
    }

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        int channels = this.Map.Channels, tiles = this.BlockTiles, m = this.Outputs;
        using (this.Entry(code, optimize: true, options))
        {
            code.Line($"const int C = {channels}, M = {this.Filters}, Tiles = {tiles}, Columns = {this.TileColumns}, OW = {this.OutputWidth};");
            code.Line($"ref float v = ref Unsafe.Add(ref scratch, frame.PartIndex * {this.ScratchFloats});");
            code.Line($"ref float p = ref Unsafe.Add(ref v, {this.Planes} * Tiles * C);");
            using (code.Braces("for (nint unit = start; unit < end; unit++)"))
            {
                code.Line(this.Blocks == 1 ? "nint sample = unit, top = 0;" : $"nint sample = unit / {this.Blocks}, top = unit % {this.Blocks} * {this.BlockRows};");
                code.Line(this.TileRows % this.BlockRows == 0 ? $"nint rows = {this.BlockRows};" : $"nint rows = Math.Min({this.BlockRows}, {this.TileRows} - top);");
                code.Line($"Winograd.Input{m}(ref Unsafe.Add(ref x, (sample * {this.Map.Height * this.Map.Pitch}) + (top * {m * this.Map.Pitch})), ref v, {this.Map.Pitch}, C, rows, Columns, Tiles * C);");
                using (code.Braces($"for (nint k = 0; k < {this.Planes}; k++)"))
                {
                    this.EmitProducts(code);
                }

                code.Line($"nint left = {this.OutputHeight} - (top * {m});");
                code.Line($"ref float yAt = ref Unsafe.Add(ref y, ((sample * {this.OutputHeight}) + (top * {m})) * OW * M);");
                code.Line($"Winograd.Output{m}(ref p, ref yAt, left, OW, M, rows, Columns, Tiles * M);");
                if (this.Epilogue != Epilogue.None)
                {
                    this.EmitEpilogue(code);
                }
            }
        }
    }

    private void EmitProducts(CodeWriter code)
    {
        IReadOnlyList<(int Column, int Width, int Valid)> panels = this.Panels;
        (int Column, int Width, int Valid) last = panels[panels.Count - 1];
        int full = this.Filters / PanelLayout.Width;
        if (full > 0)
        {
            using (code.Braces($"for (nint column = 0; column < {full * PanelLayout.Width}; column += {PanelLayout.Width})"))
            {
                this.EmitPanel(code, PanelLayout.Width);
            }
        }

        if (last.Width < PanelLayout.Width)
        {
            using (code.Braces())
            {
                code.Line($"const int column = {last.Column};");
                this.EmitPanel(code, last.Width);
            }
        }
    }

    private void EmitPanel(CodeWriter code, int width)
    {
        code.Line("ref float wAt = ref Unsafe.Add(ref w, (k * C * M) + (column * C));");
        for (int i = 0; i < Isa.All.Length; i++)
        {
            Isa isa = Isa.All[i];
            int rows = this.RowsOf(isa);
            using (code.Braces(TileSet.Head(i, Isa.All.Length, isa)))
            using (code.Braces($"for (nint tile = 0; tile < rows * Columns; tile += {rows})"))
            {
                // Where a block is short, tiles run over factors of an earlier one, whose products nobody reads.
                code.Line($"nint at = Math.Min(tile, Tiles - {rows});");
                code.Line("ref float vAt = ref Unsafe.Add(ref v, ((k * Tiles) + at) * C);");
                code.Line("ref float pAt = ref Unsafe.Add(ref p, (((k * Tiles) + at) * M) + column);");
                foreach ((int column, int lanes) in TileSet.Cut(isa, width))
                {
                    string At(string name) => column == 0 ? name + "At" : $"Unsafe.Add(ref {name}At, {column})";
                    code.Line(this.Tile(isa, lanes).Call(new TileCall("vAt", At("w"), At("p")) { K = "C", StrideA = "C", StepB = Literal.Of(width), StrideY = "M" }) + ";");
                }
            }
        }
    }

    /// <summary>Y = epilogue of Y, pixel by pixel, over the rows that the block has just written.</summary>
    private void EmitEpilogue(CodeWriter code)
    {
        code.Line($"nint pixels = Math.Min(left, rows * {this.Outputs}) * OW;");
        for (int e = 1; e <= this.Epilogue.Operands.Count; e++)
        {
            if (this.Epilogue.Operands[e - 1] == EpilogueOperand.Full)
            {
                code.Line($"ref float e{e}At = ref Unsafe.Add(ref e{e}, ((sample * {this.OutputHeight}) + (top * {this.Outputs})) * OW * M);");
            }
        }

        for (int i = 0; i < Isa.All.Length; i++)
        {
            Isa isa = Isa.All[i];
            using (code.Braces(TileSet.Head(i, Isa.All.Length, isa)))
            using (code.Braces("for (nint pixel = 0; pixel < pixels * M; pixel += M)"))
            using (code.Braces($"for (nint m = 0; m < M; m += {isa.Width})"))
            {
                string Operand(int k) => k == 0 ? isa.Load("yAt", "pixel + m")
                    : this.Epilogue.Operands[k - 1] == EpilogueOperand.Row ? isa.Load($"e{k}", "m") : isa.Load($"e{k}At", "pixel + m");
                for (int k = 0; k <= this.Epilogue.Operands.Count; k++)
                {
                    code.Line($"var x{k} = {Operand(k)};");
                }

                string result = ExprEmitter.Emit(code, isa, [this.Epilogue.Body], k => "x" + Literal.Of(k), null, "t")[0];
                code.Line(isa.Store(result, "yAt", "pixel + m"));
            }
        }
    }
}
