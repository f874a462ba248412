namespace NetGen.Generator;

/// <summary>
/// A convolution of stride 1 by Winograd's minimal filtering. A block of tiles at a time, so that its factors stay in the cache: the runtime transforms the map,
/// (m + r - 1)² products of matrices run in register tiles, the runtime transforms back, and the epilogue goes over what was just written. Threads share the
/// panels of filters of all blocks; where two share a block, both transform its map. Each result is one chain of operations, so the bits do not depend on threads.
/// </summary>
/// <param name="Samples">N.</param>
/// <param name="Map">X, without zeros around it.</param>
/// <param name="OutputHeight">Rows of Y.</param>
/// <param name="OutputWidth">Columns of Y.</param>
/// <param name="Filters">M, a multiple of 16 as the channels are.</param>
/// <param name="Form">Which tiles.</param>
/// <param name="Epilogue">What is done to the result.</param>
/// <param name="Reason">Why it is this one, in the schedule's words.</param>
internal sealed record WinogradKernel(Dim Samples, WinogradMap Map, int OutputHeight, int OutputWidth, int Filters, WinogradForm Form, Epilogue Epilogue, string Reason) : Kernel
{
    /// <summary>Whether it leaves the moments of the blocks that it has just written.</summary>
    public bool HasMoments { get; init; }

    /// <summary>Rows of the tiles of products at most, by path.</summary>
    private static readonly Dictionary<Isa, int> MostRows = new() { [Isa.Avx512] = 14, [Isa.Avx2] = 6, [Isa.Portable] = 4 };

    /// <summary>Tiles of a block at least: each reads all factors of the filter.</summary>
    private const int FewestTiles = 14;

    /// <summary>Floats of a block's factors and products for which more tiles are taken: about half of a core's second-level cache.</summary>
    private const int CacheFloats = 128 * 1024;

    public override string Name => FormattableString.Invariant($"Winograd{this.Form.Suffix}_{this.Map.Text}_to_{this.OutputHeight}x{this.OutputWidth}x{this.Filters}{EpilogueNames.Of(this.Epilogue)}{(this.HasMoments ? "_Moments" : "")}");

    public override string Summary =>
        $"Y (n, {this.OutputHeight}, {this.OutputWidth}, {this.Filters}) = {(this.Epilogue == Epilogue.None ? "x0" : this.Epilogue.Body)} of X (n, {this.Map.Height}, {this.Map.Width}, {this.Map.Channels}) convolved with {this.Form.Taps}x{this.Form.Taps}; " +
        $"{this.Form}, because {this.Reason}; {this.BlockRows * this.BlockColumns} tiles at a time, products in tiles of {this.RowsOf(Isa.Avx512)}x2 vectors: {this.Form.Gain:0.##} times fewer multiplications{(this.HasMoments ? $"; {this.MomentBlocks.Reason}" : "")}.";

    public override IReadOnlyList<KernelOperand> Operands =>
    [
        new("x", Access.ReadAll),
        new("w", Access.ReadAll),
        .. this.Epilogue.KernelOperands,
        new("scratch", Access.WriteScattered),
        new("y", Access.WriteScattered),
        .. this.HasMoments ? [new("moments", Access.WriteScattered)] : Array.Empty<KernelOperand>(),
    ];

    public override IReadOnlyList<string> Sizes => [];

    public override bool UsesFrame => true;

    public override Dim? Units => this.Samples * (this.RowBlocks * this.ColumnBlocks * this.Panels.Count);

    /// <summary>A block's panels share its transformed map.</summary>
    public override int? Grain => this.Panels.Count;

    public override Dim Work => this.Samples * ((long)this.TileRows * this.TileColumns * this.Planes * this.Map.Channels * this.Filters);

    public override IEnumerable<RegisterTile> Tiles => Isa.All.SelectMany(isa => this.Panels.SelectMany(p => TileSet.Cut(isa, p.Valid)).Select(b => this.Tile(isa, b.Lanes))).Distinct();

    public override IEnumerable<ITile> Shared => [.. base.Shared, this.Products, .. this.Epilogue == Epilogue.None ? Array.Empty<ITile>() : [new EpiloguePass(this.Epilogue)]];

    private WinogradProducts Products => new(
        Isa.All.Select(isa => this.Tile(isa, TileSet.Vectors * isa.Width).Open).ToEquatableArray(), this.Filters >= PanelLayout.Width, this.Filters % PanelLayout.Width > 0);

    /// <summary>Floats of scratch memory of one part: the factors of the map and the products.</summary>
    public int ScratchFloats => this.Planes * this.BlockTiles * (this.Map.Channels + this.Filters);

    // The number of samples is not named in the code.
    public bool Equals(WinogradKernel? other) =>
        other is not null && this.Map == other.Map && this.OutputHeight == other.OutputHeight && this.OutputWidth == other.OutputWidth
        && this.Filters == other.Filters && this.Form == other.Form && this.Epilogue == other.Epilogue && this.HasMoments == other.HasMoments;

    public override int GetHashCode() => unchecked((this.Map.GetHashCode() * 31) + this.Filters);

    private int Planes => this.Form.Planes;

    private int TileRows => this.Form.TilesOf(this.OutputHeight);

    private int TileColumns => this.Form.TilesOf(this.OutputWidth);

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

    /// <summary>Columns of tiles in a block: a row of them in as few equal parts as the cache holds.</summary>
    private int BlockColumns
    {
        get
        {
            int most = Math.Max(FewestTiles, CacheFloats / (this.Planes * (this.Map.Channels + this.Filters)));
            int blocks = this.BlockRows > 1 ? 1 : (this.TileColumns + most - 1) / most;
            return (this.TileColumns + blocks - 1) / blocks;
        }
    }

    private int RowBlocks => (this.TileRows + this.BlockRows - 1) / this.BlockRows;

    private int ColumnBlocks => (this.TileColumns + this.BlockColumns - 1) / this.BlockColumns;

    /// <summary>The blocks of which it may leave moments: those of tiles.</summary>
    public MapBlocks MomentBlocks => new(
        this.OutputHeight, this.OutputWidth, Math.Min(this.OutputHeight, this.BlockRows * this.Form.Outputs), Math.Min(this.OutputWidth, this.BlockColumns * this.Form.Outputs));

    private int BlockTiles => Math.Max(this.BlockRows * this.BlockColumns, Isa.All.Max(this.RowsOf));

    private IReadOnlyList<(int Column, int Width, int Valid)> Panels => PanelLayout.Panels(this.Filters);

    /// <summary>Rows of a path's tile: the block in as few equal parts as fit.</summary>
    private int RowsOf(Isa isa)
    {
        int tiles = this.BlockRows * this.BlockColumns, parts = (tiles + MostRows[isa] - 1) / MostRows[isa];
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
        int channels = this.Map.Channels, tiles = this.BlockTiles, m = this.Form.Outputs;
        string distance = TypeArguments.List(this.Tile(Isa.Avx512, 2 * Isa.Avx512.Width).Types);
        using (this.Entry(code, optimize: true, options))
        {
            code.Line($"const int C = {channels}, M = {this.Filters}, Tiles = {tiles}, OW = {this.OutputWidth};");
            code.Line($"ref float v = ref Unsafe.Add(ref scratch, frame.PartIndex * {this.ScratchFloats});");
            code.Line($"ref float p = ref Unsafe.Add(ref v, {this.Planes} * Tiles * C);");
            using (code.Braces("for (nint unit = start, next; unit < end; unit = next)"))
            {
                // The block's panels that are this part's.
                int panels = this.Panels.Count;
                code.Line($"nint block = unit / {panels};");
                code.Line($"next = Math.Min(end, (block + 1) * {panels});");
                code.Line($"nint first = (unit - (block * {panels})) * {PanelLayout.Width}, last = Math.Min(M, (next - (block * {panels})) * {PanelLayout.Width});");
                int rowBlocks = this.RowBlocks, columnBlocks = this.ColumnBlocks, all = rowBlocks * columnBlocks;
                string tileRow = rowBlocks == 1 ? "0" : columnBlocks == 1 ? $"block % {all} * {this.BlockRows}" : $"block % {all} / {columnBlocks} * {this.BlockRows}";
                code.Line($"nint sample = block{(all == 1 ? "" : $" / {all}")}, tileRow = {tileRow}, tileColumn = {(columnBlocks == 1 ? "0" : $"block % {columnBlocks} * {this.BlockColumns}")};");
                code.Line(this.TileRows % this.BlockRows == 0 ? $"nint rows = {this.BlockRows};" : $"nint rows = Math.Min({this.BlockRows}, {this.TileRows} - tileRow);");
                code.Line(this.TileColumns % this.BlockColumns == 0 ? $"nint columns = {this.BlockColumns};" : $"nint columns = Math.Min({this.BlockColumns}, {this.TileColumns} - tileColumn);");
                code.Line($"nint top = tileRow * {m}, left = tileColumn * {m};");
                code.Line($"Winograd.Input{this.Form.Suffix}(ref Unsafe.Add(ref x, sample * {this.Map.Height * this.Map.Width} * C), ref v, {this.Map.Height}, {this.Map.Width}, C, top - {this.Map.Top}, left - {this.Map.Left}, C, rows, columns, Tiles * C);");
                code.Line($"{this.Products.Name}{distance}(ref v, ref w, ref p, {this.Planes}, rows * columns, Tiles, C, M, first, last);");
                code.Line($"nint place = ((((sample * {this.OutputHeight}) + top) * OW) + left) * M;");
                code.Line("ref float yAt = ref Unsafe.Add(ref y, place + first);");
                code.Line($"Winograd.Output{this.Form.Suffix}(ref Unsafe.Add(ref p, first), ref yAt, {this.OutputHeight} - top, OW - left, OW, M, last - first, rows, columns, Tiles * M);");
                this.EmitEpilogue(code);
            }
        }
    }

    /// <summary>The epilogue and the moments, over what the block has just written: one run of memory, or one for each row where a block is a part of a row.</summary>
    private void EmitEpilogue(CodeWriter code)
    {
        bool isPart = this.ColumnBlocks > 1;
        if (this.Epilogue != Epilogue.None || this.HasMoments)
        {
            code.Line($"nint height = Math.Min({this.OutputHeight} - top, rows * {this.Form.Outputs}), pixels = {(isPart ? $"Math.Min(OW - left, columns * {this.Form.Outputs})" : "height * OW")};");
        }

        if (this.Epilogue != Epilogue.None)
        {
            string from = isPart ? "place + first + (row * OW * M)" : "place + first";
            IEnumerable<string> operands = this.Epilogue.Operands.Select((o, i) => o == EpilogueOperand.Row ? $"ref Unsafe.Add(ref e{i + 1}, first), " : $"ref Unsafe.Add(ref e{i + 1}, {from}), ");
            using (isPart ? code.Braces("for (nint row = 0; row < height; row++)") : (CodeWriter.Block?)null)
            {
                code.Line($"{new EpiloguePass(this.Epilogue).Name}({string.Concat(operands)}ref Unsafe.Add(ref y, {from}), pixels, M, last - first);");
            }
        }

        if (this.HasMoments)
        {
            // Panel by panel, however many of the block are this part's, so that each is summed in the same way.
            using (code.Braces($"for (nint column = first; column < last; column += {PanelLayout.Width})"))
            {
                code.Line($"ChannelStatistics.Block(ref Unsafe.Add(ref y, place + column), ref Unsafe.Add(ref moments, (block * 2 * M) + column), {(isPart ? "height, OW * M" : "1, 0")}, pixels, Math.Min({PanelLayout.Width}, M - column), M);");
            }
        }
    }
}
