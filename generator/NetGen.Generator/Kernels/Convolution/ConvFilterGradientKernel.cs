namespace NetGen.Generator;

/// <summary>
/// dW (kh,kw,C,M) = sum over all pixels of X times dY, in panels as the filter lies. A row of the filter's columns and channels is one run of X, so the tiles
/// are those of a product with X transposed. They go over the pixels in blocks of rows that stay in the cache, each adding to what the blocks before left in dW:
/// always in the same order, so the bits do not depend on threads, which share out the rows of dW. Where dY has several panels, the block's columns of one are packed
/// first: lines a whole row of dY apart fall into few sets of the first cache. So do those of X, whose channels are packed in pieces where a pixel has many and the filter
/// a single element.
/// </summary>
/// <param name="Samples">N.</param>
/// <param name="Sizes2D">The geometry of the convolution.</param>
/// <param name="Filters">M.</param>
/// <param name="Reason">Why it is this one, in the schedule's words.</param>
internal sealed record ConvFilterGradientKernel(Dim Samples, ConvSizes Sizes2D, int Filters, string Reason) : Kernel
{
    /// <summary>Floats of X and dY in a block: what a core's second-level cache holds beside dW.</summary>
    private const int CacheFloats = 64 * 1024;

    /// <summary>Pixels of packed columns at most: three quarters of a first-level cache of 32 KiB.</summary>
    private const int MostPackedPixels = 192;

    public override string Name => FormattableString.Invariant($"ConvFilterGradient_{this.Sizes2D.Text}_to_{this.Filters}");

    public override string Summary =>
        $"dW ({this.Sizes2D.KernelHeight}, {this.Sizes2D.KernelWidth}, {this.Sizes2D.Channels}, {this.Filters}) = sum over the pixels of X (n, {this.Sizes2D.Height}, {this.Sizes2D.Width}, {this.Sizes2D.Channels}) times dY; " +
        $"direct, because {this.Reason}; tiles of 8x2, 6x2, 4x2 vectors, {this.BlockRows} rows of the map at a time; dW in panels of 32 channels{(this.PacksX ? "; channels of X packed in pieces, because lines a pixel apart fall into few sets of the first cache" : "")}.";

    public override IReadOnlyList<KernelOperand> Operands => [new("x", Access.ReadAll), new("dy", Access.ReadAll), .. this.IsPacked ? [new("scratch", Access.WriteScattered)] : Array.Empty<KernelOperand>(), new("y", Access.WriteScattered)];

    public override IReadOnlyList<string> Sizes => SizeNames.Of([this.Samples]);

    public override bool UsesFrame => this.IsPacked;

    public override Dim? Units => this.Runs * this.Panels.Count * this.Chunks;

    /// <summary>All of a share goes over the same pixels.</summary>
    public override int? Grain => null;

    public override Dim Work => this.Samples * ((long)this.Sizes2D.OutputHeight * this.Sizes2D.OutputWidth * this.Sizes2D.Inner * this.Filters);

    public override IEnumerable<RegisterTile> Tiles => this.Loop.TilesOf(this.Filters);

    private IReadOnlyList<(int Column, int Width, int Valid)> Panels => PanelLayout.Panels(this.Filters);

    private bool IsPacked => this.Panels.Count > 1;

    /// <summary>Whether X is packed too.</summary>
    private bool PacksX => this.Sizes2D is { KernelHeight: 1, KernelWidth: 1 } && WeightGradientLoop.Packs(this.Sizes2D.StrideWidth * this.Sizes2D.Channels, this.Sizes2D.Channels, this.Filters, this.Chunk);

    private int BlockPixels => this.BlockRows * this.Sizes2D.OutputWidth;

    /// <summary>Floats of one part's packed columns of dY and channels of X; 0 where both are read as they lie.</summary>
    public int PackedFloats => this.IsPacked ? this.BlockPixels * (PanelLayout.Width + (this.PacksX ? this.Sizes2D.Channels : 0)) : 0;

    /// <summary>Rows of dW that lie side by side in X: a row of the filter, or one tap of it.</summary>
    private int RunLength => this.Sizes2D.IsRowOneRun ? this.Sizes2D.KernelWidth * this.Sizes2D.Channels : this.Sizes2D.Channels;

    private int Runs => this.Sizes2D.Inner / this.RunLength;

    /// <summary>Rows of dW in a unit.</summary>
    private int Chunk => WeightGradientLoop.Chunk(this.RunLength, this.Runs * this.Panels.Count);

    private int Chunks => (this.RunLength + this.Chunk - 1) / this.Chunk;

    /// <summary>
    /// Rows of the map in a block, which all units of a share pass over: as many as the second-level cache holds of X, and of dY, unless its columns are packed; those stay in the
    /// first-level cache. Each block loads and stores all of dW once, so that few long ones are best.
    /// </summary>
    private int BlockRows
    {
        get
        {
            ConvSizes s = this.Sizes2D;
            int x = s is { KernelHeight: 1, KernelWidth: 1 } ? s.OutputWidth * s.Channels : s.StrideHeight * s.Pitch;
            int most = this.IsPacked ? Math.Min(CacheFloats / x, MostPackedPixels / s.OutputWidth) : CacheFloats / (x + (s.OutputWidth * this.Filters));
            int blocks = (s.OutputHeight + Math.Max(1, most) - 1) / Math.Max(1, most);
            return (s.OutputHeight + blocks - 1) / blocks;
        }
    }

    public override IEnumerable<ITile> Shared => base.Shared.Append(this.Loop);

    private WeightGradientLoop Loop => WeightGradientLoop.For(this.RunLength, this.Chunk, this.Filters, this.PacksX, isFlat: false);

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        ConvSizes s = this.Sizes2D;
        int perRow = s.IsRowOneRun ? 1 : s.KernelWidth;
        string[] arguments =
        [
            "ref x", "ref dy", .. this.IsPacked ? [Scratch(0)] : Array.Empty<string>(), .. this.PacksX ? [Scratch(this.BlockPixels * PanelLayout.Width)] : Array.Empty<string>(), "ref y", "start", "end", $"samples: {Literal.Size(this.Samples)}", $"height: {s.OutputHeight}", $"width: {s.OutputWidth}", $"m: {this.Filters}", $"inner: {s.Inner}",
            $"length: {this.RunLength}", $"chunk: {this.Chunk}", $"chunks: {this.Chunks}", $"runs: {this.Runs}", $"perRow: {perRow}", $"blockRows: {this.BlockRows}", $"sampleX: {s.Height * s.Pitch}",
            $"rowX: {s.StrideHeight * s.Pitch}", $"step: {s.StrideWidth * s.Channels}", $"tapY: {s.DilationHeight * s.Pitch}", $"tapX: {s.DilationWidth * s.Channels}",
        ];
        using (this.Entry(code, optimize: false, options))
        {
            code.Line($"{this.Loop.Name}({string.Join(", ", arguments)});");
        }

        string Scratch(int floats) => $"ref Unsafe.Add(ref scratch, (frame.PartIndex * {this.PackedFloats}) + {floats})";
    }
}
