namespace NetGen.Generator;

/// <summary>
/// dW (kh,kw,C,M) = sum over all pixels of X times dY, in panels as the filter lies. A row of the filter's columns and channels is one run of X, so the tiles
/// are those of a product with X transposed. They go over the pixels in blocks of rows that stay in the cache, each adding to what the blocks before left in dW:
/// always in the same order, so the bits do not depend on threads, which share out the rows of dW. Where dY has several panels, the block's columns of one are packed
/// first: lines a whole row of dY apart fall into few sets of the first cache.
/// </summary>
/// <param name="Samples">N.</param>
/// <param name="Sizes2D">The geometry of the convolution.</param>
/// <param name="Filters">M.</param>
/// <param name="Reason">Why it is this one, in the schedule's words.</param>
internal sealed record ConvFilterGradientKernel(Dim Samples, ConvSizes Sizes2D, int Filters, string Reason) : Kernel
{
    /// <summary>Rows of dW in a unit of work at most: whole tiles on every path.</summary>
    private const int LargestChunk = 48;

    /// <summary>Rows that still are a whole tile.</summary>
    private const int SmallestChunk = 8;

    /// <summary>Units that keep some threads busy.</summary>
    private const int FewestUnits = 4;

    /// <summary>Floats of X and dY in a block: what a core's second-level cache holds beside dW.</summary>
    private const int CacheFloats = 64 * 1024;

    private static readonly Dictionary<Isa, int[]> TileRows = new() { [Isa.Avx512] = [8, 4, 2, 1], [Isa.Avx2] = [6, 3, 1], [Isa.Portable] = [4, 2, 1] };

    public override string Name => FormattableString.Invariant($"ConvFilterGradient_{this.Sizes2D.Text}_to_{this.Filters}");

    public override string Summary =>
        $"dW ({this.Sizes2D.KernelHeight}, {this.Sizes2D.KernelWidth}, {this.Sizes2D.Channels}, {this.Filters}) = sum over the pixels of X (n, {this.Sizes2D.Height}, {this.Sizes2D.Width}, {this.Sizes2D.Channels}) times dY; " +
        $"direct, because {this.Reason}; tiles of 8x2, 6x2, 4x2 vectors, {this.BlockRows} rows of the map at a time; dW in panels of 32 channels.";

    public override IReadOnlyList<KernelOperand> Operands => [new("x", Access.ReadAll), new("dy", Access.ReadAll), .. this.IsPacked ? [new("scratch", Access.WriteScattered)] : Array.Empty<KernelOperand>(), new("y", Access.WriteScattered)];

    public override IReadOnlyList<string> Sizes => SizeNames.Of([this.Samples]);

    public override bool UsesFrame => this.IsPacked;

    public override Dim? Units => this.Runs * this.Panels.Count * this.Chunks;

    /// <summary>All of a share goes over the same pixels.</summary>
    public override int? Grain => null;

    public override Dim Work => this.Samples * ((long)this.Sizes2D.OutputHeight * this.Sizes2D.OutputWidth * this.Sizes2D.Inner * this.Filters);

    public override IEnumerable<RegisterTile> Tiles =>
        Isa.All.SelectMany(isa => this.Panels.SelectMany(p => TileSet.Cut(isa, p.Valid)).SelectMany(b => this.HeightsOf(isa).Select(rows => this.Tile(isa, rows, b.Lanes)))).Distinct();

    private IReadOnlyList<(int Column, int Width, int Valid)> Panels => PanelLayout.Panels(this.Filters);

    private bool IsPacked => this.Panels.Count > 1;

    /// <summary>Floats of one part's packed columns of dY; 0 where dY is read as it lies.</summary>
    public int PackedFloats => this.IsPacked ? this.BlockRows * this.Sizes2D.OutputWidth * PanelLayout.Width : 0;

    /// <summary>Rows of dW that lie side by side in X: a row of the filter, or one tap of it.</summary>
    private int RunLength => this.Sizes2D.IsRowOneRun ? this.Sizes2D.KernelWidth * this.Sizes2D.Channels : this.Sizes2D.Channels;

    private int Runs => this.Sizes2D.Inner / this.RunLength;

    /// <summary>Rows of dW in a unit.</summary>
    private int Chunk
    {
        get
        {
            int chunk = LargestChunk;
            while (chunk / 2 >= SmallestChunk && this.Runs * this.Panels.Count * ((this.RunLength + chunk - 1) / chunk) < FewestUnits)
            {
                chunk /= 2;
            }

            return chunk;
        }
    }

    private int Chunks => (this.RunLength + this.Chunk - 1) / this.Chunk;

    private int BlockRows => Math.Max(1, Math.Min(this.Sizes2D.OutputHeight, CacheFloats / ((this.Sizes2D.StrideHeight * this.Sizes2D.Pitch) + (this.Sizes2D.OutputWidth * this.Filters))));

    /// <summary>The heights that whole chunks and the last one need, the largest first.</summary>
    private int[] HeightsOf(Isa isa)
    {
        HashSet<int> needed = [];
        foreach (int chunk in new[] { Math.Min(this.Chunk, this.RunLength), this.RunLength % this.Chunk })
        {
            int left = chunk;
            foreach (int rows in TileRows[isa])
            {
                if (left >= rows)
                {
                    needed.Add(rows);
                    left %= rows;
                }
            }
        }

        return [.. TileRows[isa].Where(needed.Contains)];
    }

    private RegisterTile Tile(Isa isa, int rows, int lanes) => new(isa, rows, lanes)
    {
        Form = TileForm.Adjacent,
        Loops = 1,
        Accumulates = true,
        // Packed columns end in zeros.
        MasksB = !this.IsPacked && lanes % isa.Width > 0,
        StoresWhole = lanes % isa.Width > 0,
    };

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        ConvSizes s = this.Sizes2D;
        int panels = this.Panels.Count;
        using (this.Entry(code, optimize: true, options))
        {
            code.Line($"const int K = {s.Inner}, OW = {s.OutputWidth}, OH = {s.OutputHeight}, M = {this.Filters};");
            using (code.Braces("for (nint unit = start; unit < end; unit++)"))
            {
                this.EmitUnit(code);
                code.Line($"Packing.Clear(ref to, (stop - first) * {(panels == 1 ? Literal.Of(this.Panels[0].Width) : "width")});");
            }

            using (code.Braces($"for (nint sample = 0; sample < {Literal.Size(this.Samples)}; sample++)"))
            using (code.Braces($"for (nint top = 0; top < OH; top += {this.BlockRows})"))
            using (code.Braces(this.IsPacked ? "for (nint unit = start, packed = -1; unit < end; unit++)" : "for (nint unit = start; unit < end; unit++)"))
            {
                code.Line($"nint rows = {(s.OutputHeight % this.BlockRows == 0 ? Literal.Of(this.BlockRows) : $"Math.Min({this.BlockRows}, OH - top)")};");
                this.EmitUnit(code);
                int perRow = s.IsRowOneRun ? 1 : s.KernelWidth;
                string tap = perRow == 1 ? $"run * {s.DilationHeight * s.Pitch}" : $"(run / {perRow} * {s.DilationHeight * s.Pitch}) + (run % {perRow} * {s.DilationWidth * s.Channels})";
                code.Line($"ref float from = ref Unsafe.Add(ref x, (sample * {s.Height * s.Pitch}) + (top * {s.StrideHeight * s.Pitch}) + {(perRow == 1 ? $"({tap})" : tap)} + first);");
                code.Line($"ref float {(this.IsPacked ? "columns" : "dyAt")} = ref Unsafe.Add(ref dy, (((sample * OH) + top) * OW * M) + column);");
                if (this.IsPacked)
                {
                    code.Line($"ref float dyAt = ref Unsafe.Add(ref scratch, frame.PartIndex * {this.PackedFloats});");
                    using (code.Braces("if (column != packed)"))
                    {
                        code.Line("Packing.Columns(ref columns, ref dyAt, rows * OW, M, Math.Min(M - column, width), width);");
                        code.Line("packed = column;");
                    }
                }

                TileSet.EmitForPanel(code, this.Filters, (width, valid) => this.EmitPanel(code, width, valid));
            }
        }
    }

    /// <summary>What a unit is: a panel of columns and some rows [first, stop) of one run of the filter.</summary>
    private void EmitUnit(CodeWriter code)
    {
        int panels = this.Panels.Count, perPanel = this.Runs * this.Chunks;
        (int Column, int Width, int Valid) last = this.Panels[panels - 1];
        code.Line($"nint column = unit / {perPanel} * {PanelLayout.Width}, run = unit % {perPanel} / {this.Chunks}, first = unit % {this.Chunks} * {this.Chunk}, stop = Math.Min(first + {this.Chunk}, {this.RunLength});");
        string width = Literal.Of(last.Width);
        if (panels > 1)
        {
            code.Line($"nint width = {(last.Width == PanelLayout.Width ? Literal.Of(PanelLayout.Width) : $"column < {last.Column} ? {PanelLayout.Width} : {last.Width}")};");
            width = "width";
        }

        code.Line($"ref float to = ref Unsafe.Add(ref y, (column * K) + (((run * {this.RunLength}) + first) * {width}));");
    }

    private void EmitPanel(CodeWriter code, int width, int valid)
    {
        ConvSizes s = this.Sizes2D;
        int step = s.StrideWidth * s.Channels;
        for (int i = 0; i < Isa.All.Length; i++)
        {
            Isa isa = Isa.All[i];
            int[] heights = this.HeightsOf(isa);
            using (code.Braces(TileSet.Head(i, Isa.All.Length, isa)))
            using (code.Braces("for (nint row = 0; row < stop - first;)"))
            {
                string Height() => string.Concat(heights.Take(heights.Length - 1).Select(h => $"stop - first - row >= {h} ? {h} : ")) + Literal.Of(heights[heights.Length - 1]);
                code.Line($"nint size = {Height()};");
                code.Line("ref float xAt = ref Unsafe.Add(ref from, row);");
                code.Line($"ref float yAt = ref Unsafe.Add(ref to, row * {width});");
                new TileSet(this.HeightsOf, path => TileSet.Cut(path, valid), this.Tile).Emit(
                    code,
                    c => new TileCall("xAt", c == "0" ? "dyAt" : $"Unsafe.Add(ref dyAt, {c})", c == "0" ? "yAt" : $"Unsafe.Add(ref yAt, {c})")
                    {
                        K = "OW",
                        StepA = Literal.Of(step),
                        StepB = this.IsPacked ? Literal.Of(width) : "M",
                        StrideY = Literal.Of(width),
                        Loops = [("rows", Literal.Of(((long)s.StrideHeight * s.Pitch) - ((long)s.OutputWidth * step)))],
                    },
                    isa);
                code.Line("row += size;");
            }
        }
    }
}
