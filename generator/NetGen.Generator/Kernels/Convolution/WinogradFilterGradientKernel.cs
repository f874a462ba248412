namespace NetGen.Generator;

/// <summary>
/// The gradient of a filter by Winograd's minimal filtering, transposed: the gradients of the filter's factors are sums over tiles of the map's factors times the gradients
/// of the products, (m + r - 1)² products of matrices in register tiles. A unit is a chunk of channels by filters, whose sums stay in a core's second-level cache, over
/// one of a fixed number of groups of rows of tiles; each adds its tiles block by block in order, so the bits do not depend on threads. Where chunks are many, one group is all,
/// and the sums become the filter's gradient while they are in the cache; else the runtime adds the groups and transforms back.
/// </summary>
/// <param name="Samples">N.</param>
/// <param name="Map">The geometry; the map without zeros around it.</param>
/// <param name="OutputHeight">Rows of dY.</param>
/// <param name="OutputWidth">Columns of dY.</param>
/// <param name="Filters">M, a multiple of 16 as the channels are.</param>
/// <param name="Form">Which tiles.</param>
/// <param name="Reason">Why it is this one, in the schedule's words.</param>
internal sealed record WinogradFilterGradientKernel(Dim Samples, WinogradMap Map, int OutputHeight, int OutputWidth, int Filters, WinogradForm Form, string Reason) : Kernel
{
    /// <summary>Channels and filters of a chunk at most.</summary>
    private const int MostChunk = 64;

    /// <summary>Floats of a chunk's sums, factors and gradients: most of a core's second-level cache.</summary>
    private const int CacheFloats = 220 * 1024;

    private const int FewestTiles = 16, MostTiles = 96;

    /// <summary>Units that keep some threads busy.</summary>
    private const int FewestUnits = 8;

    private static readonly Dictionary<Isa, int> TileRows = new() { [Isa.Avx512] = 8, [Isa.Avx2] = 4, [Isa.Portable] = 4 };

    public override string Name => FormattableString.Invariant($"WinogradFilterGradient{this.Form.Suffix}_{this.Map.Text}_to_{this.OutputHeight}x{this.OutputWidth}x{this.Filters}");

    public override string Summary =>
        $"The gradients of the factors of a filter ({this.Form.Taps}, {this.Form.Taps}, {this.Map.Channels}, {this.Filters}) from X (n, {this.Map.Height}, {this.Map.Width}, {this.Map.Channels}) and dY (n, {this.OutputHeight}, {this.OutputWidth}, {this.Filters}); " +
        $"{this.Form}, because {this.Reason}; {this.Groups} groups, {this.ChunkC}x{this.ChunkM} channels and {this.BlockRows * this.TileColumns} tiles at a time: {this.Form.Gain:0.##} times fewer multiplications.";

    public override IReadOnlyList<KernelOperand> Operands => [new("x", Access.ReadAll), new("dy", Access.ReadAll), new("scratch", Access.WriteScattered), new("y", Access.WriteScattered)];

    public override IReadOnlyList<string> Sizes => SizeNames.Of([this.Samples]);

    public override bool UsesFrame => true;

    public override Dim? Units => this.Groups * this.Chunks;

    public override Dim Work => this.Samples * ((long)this.TileRowsOfMap * this.TileColumns * this.Form.Planes * this.Map.Channels * this.Filters);

    public override IEnumerable<RegisterTile> Tiles => Isa.All.SelectMany(isa => this.Columns.SelectMany(p => TileSet.Cut(isa, p.Valid)).Select(b => Tile(isa, b.Lanes))).Distinct();

    public override IEnumerable<ITile> Shared => base.Shared.Append(this.Products);

    private WinogradGradientProducts Products => new(this.ChunkM >= PanelLayout.Width, this.ChunkM % PanelLayout.Width > 0);

    /// <summary>Whether Y is the filter's gradient, in panels, and not those of its factors, group by group.</summary>
    public bool TransformsBack => this.Groups == 1;

    /// <summary>Floats of scratch memory of one part.</summary>
    public int ScratchFloats => (this.Form.Planes * this.BlockRows * this.TileColumns * (this.ChunkC + this.ChunkM)) + (this.TransformsBack ? this.ChunkFloats : 0);

    /// <summary>Floats of the gradients of the factors, group by group.</summary>
    public long ResultFloats => (long)this.Groups * this.Form.Planes * this.Map.Channels * this.Filters;

    public int ChunkC => ChunkOf(this.Map.Channels, this.Map.Channels > MostChunk ? MostChunk : MostChunk / 2);

    public int ChunkM => ChunkOf(this.Filters, MostChunk);

    /// <summary>How many groups of rows of tiles are summed by themselves.</summary>
    public int Groups => (FewestUnits + this.Chunks - 1) / this.Chunks;

    /// <summary>Chunks of channels by filters.</summary>
    public int Chunks => this.ChunksC * this.ChunksM;

    private int ChunkFloats => this.Form.Planes * this.ChunkC * this.ChunkM;

    private int ChunksC => this.Map.Channels / this.ChunkC;

    private int ChunksM => this.Filters / this.ChunkM;

    private int TileRowsOfMap => this.Form.TilesOf(this.OutputHeight);

    private int TileColumns => this.Form.TilesOf(this.OutputWidth);

    /// <summary>Rows of tiles in a block, which may lie in several samples.</summary>
    private int BlockRows
    {
        get
        {
            int tiles = (CacheFloats - (this.Form.Planes * this.ChunkC * this.ChunkM)) / (this.Form.Planes * (this.ChunkC + this.ChunkM));
            return Math.Max(1, Math.Min(MostTiles, Math.Max(FewestTiles, tiles)) / this.TileColumns);
        }
    }

    private IReadOnlyList<(int Column, int Width, int Valid)> Columns => PanelLayout.Panels(this.ChunkM);

    /// <summary>The largest part of some channels that whole chunks fill, in vectors; all where parts would be slivers.</summary>
    private static int ChunkOf(int channels, int most)
    {
        int chunk = Enumerable.Range(1, most / 16).Select(i => 16 * i).Where(c => channels % c == 0).Max();
        return chunk < 32 && channels <= 2 * MostChunk && channels > 16 ? channels : chunk;
    }

    internal static int RowsOf(Isa isa) => TileRows[isa];

    internal static RegisterTile Tile(Isa isa, int lanes) => new(isa, TileRows[isa], lanes) { Form = TileForm.Adjacent, Accumulates = true };

    // Samples are a size that is given.
    public override void Emit(CodeWriter code, EmitOptions options)
    {
        WinogradMap x = this.Map;
        int planes = this.Form.Planes, chunk = this.ChunkFloats;
        using (this.Entry(code, optimize: true, options))
        {
            code.Line($"const int C = {x.Channels}, M = {this.Filters}, ChunkC = {this.ChunkC}, ChunkM = {this.ChunkM}, Columns = {this.TileColumns}, Tiles = {this.BlockRows * this.TileColumns};");
            code.Line($"ref float v = ref Unsafe.Add(ref scratch, frame.PartIndex * {this.ScratchFloats});");
            code.Line($"ref float q = ref Unsafe.Add(ref v, {planes} * Tiles * ChunkC);");
            code.Line($"nint all = {Literal.Size(this.Samples * this.TileRowsOfMap)};");
            using (code.Braces("for (nint unit = start; unit < end; unit++)"))
            {
                code.Line($"nint group = unit / {this.Chunks}, channel = unit % {this.Chunks} / {this.ChunksM} * ChunkC, filter = unit % {this.ChunksM} * ChunkM;");
                code.Line(this.TransformsBack ? $"ref float u = ref Unsafe.Add(ref q, {planes} * Tiles * ChunkM);" : $"ref float u = ref Unsafe.Add(ref y, unit * {chunk});");
                code.Line($"Packing.Clear(ref u, {chunk});");
                code.Line($"nint stop = all * (group + 1) / {this.Groups};");
                using (code.Braces($"for (nint first = all * group / {this.Groups}; first < stop; first += {this.BlockRows})"))
                {
                    code.Line($"nint rows = Math.Min({this.BlockRows}, stop - first);");
                    using (code.Braces("for (nint row = 0; row < rows; row++)"))
                    {
                        code.Line($"nint sample = (first + row) / {this.TileRowsOfMap}, top = (first + row) % {this.TileRowsOfMap} * {this.Form.Outputs};");
                        code.Line($"Winograd.Input{this.Form.Suffix}(ref Unsafe.Add(ref x, (sample * {x.Height * x.Width} * C) + channel), ref Unsafe.Add(ref v, row * Columns * ChunkC), {x.Height}, {x.Width}, C, top - {x.Top}, {-x.Left}, ChunkC, 1, Columns, Tiles * ChunkC);");
                        code.Line($"Winograd.OutputGradient{this.Form.Suffix}(ref Unsafe.Add(ref dy, (sample * {this.OutputHeight * this.OutputWidth} * M) + filter), ref Unsafe.Add(ref q, row * Columns * ChunkM), {this.OutputHeight}, {this.OutputWidth}, M, top, ChunkM, 1, Columns, Tiles * ChunkM);");
                    }

                    code.Line($"{this.Products.Name}(ref v, ref q, ref u, {planes}, rows * Columns, Tiles, ChunkC, ChunkM);");
                }

                if (this.TransformsBack)
                {
                    code.Line($"Winograd.FilterGradientOfChunk{this.Form.Suffix}(ref u, ref y, C, M, ChunkC, ChunkM, unit);");
                }
            }
        }
    }
}
