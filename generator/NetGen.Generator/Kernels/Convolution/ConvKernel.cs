namespace NetGen.Generator;

/// <summary>The sizes of a convolution over two axes whose input has its zeros around it already. One axis is two of which the first has size one.</summary>
/// <param name="Height">Rows of X, zeros included.</param>
/// <param name="Width">Columns of X, zeros included.</param>
/// <param name="Channels">Channels of X.</param>
/// <param name="KernelHeight">Rows of the filter.</param>
/// <param name="KernelWidth">Columns of the filter.</param>
/// <param name="StrideHeight">Rows of X from row to row of Y.</param>
/// <param name="StrideWidth">Columns of X from column to column of Y.</param>
/// <param name="DilationHeight">Rows of X from row to row of the filter.</param>
/// <param name="DilationWidth">Columns of X from column to column of the filter.</param>
internal sealed record ConvSizes(int Height, int Width, int Channels, int KernelHeight, int KernelWidth, int StrideHeight, int StrideWidth, int DilationHeight, int DilationWidth)
{
    public int OutputHeight => ((this.Height - (this.DilationHeight * (this.KernelHeight - 1)) - 1) / this.StrideHeight) + 1;

    public int OutputWidth => ((this.Width - (this.DilationWidth * (this.KernelWidth - 1)) - 1) / this.StrideWidth) + 1;

    /// <summary>Floats of X from row to row.</summary>
    public int Pitch => this.Width * this.Channels;

    /// <summary>Whether a row of the filter lies in one run of X: columns and channels are then one loop.</summary>
    public bool IsRowOneRun => this.DilationWidth == 1 || this.KernelWidth == 1;

    /// <summary>Elements of the filter for one output channel.</summary>
    public int Inner => this.KernelHeight * this.KernelWidth * this.Channels;

    public string Text
    {
        get
        {
            string strides = this.StrideHeight == 1 && this.StrideWidth == 1 ? "" : FormattableString.Invariant($"_s{this.StrideHeight}x{this.StrideWidth}");
            string dilations = this.DilationHeight == 1 && this.DilationWidth == 1 ? "" : FormattableString.Invariant($"_d{this.DilationHeight}x{this.DilationWidth}");
            return FormattableString.Invariant($"{this.KernelHeight}x{this.KernelWidth}_{this.Height}x{this.Width}x{this.Channels}{strides}{dilations}");
        }
    }
}

/// <summary>
/// Y (N,OH,OW,M) = X convolved with W, by register tiles of output pixels by channels straight from X: the pixels of a tile lie at constant places, so their
/// addresses fold into the instructions, and a row of the filter is one run of X. The filter lies in panels, [M/32][kh][kw][c][32], and streams.
/// Every output element is one chain of multiply-adds in the order of the filter, so the bits depend neither on tiles nor on threads.
/// </summary>
/// <param name="Samples">N.</param>
/// <param name="Sizes2D">The geometry.</param>
/// <param name="Filters">M.</param>
/// <param name="Epilogue">What is done to the result in registers.</param>
/// <param name="Reason">Why it is this one, in the schedule's words.</param>
internal sealed record ConvKernel(Dim Samples, ConvSizes Sizes2D, int Filters, Epilogue Epilogue, string Reason) : Kernel
{
    /// <summary>Pixels of a tile at most, by path: with two vectors of channels they fill the registers.</summary>
    private static readonly Dictionary<Isa, int> MostPixels = new() { [Isa.Avx512] = 14, [Isa.Avx2] = 6, [Isa.Portable] = 4 };

    /// <summary>Lines of one set of the first cache that a tile's pixels may take.</summary>
    private const int LinesOfASet = 7;

    /// <summary>Floats of a filter that stays in a core's second-level cache beside the rows of the map: a row is then read once for all panels.</summary>
    private const int CachedFilter = 64 * 1024;

    /// <summary>Pixels that with two vectors give enough independent chains.</summary>
    private const int FewestPixels = 5;

    public override string Name => FormattableString.Invariant($"Conv_{this.Sizes2D.Text}_to_{this.Filters}{EpilogueNames.Of(this.Epilogue)}");

    public override string Summary =>
        $"Y (n, {this.Sizes2D.OutputHeight}, {this.Sizes2D.OutputWidth}, {this.Filters}) = {(this.Epilogue == Epilogue.None ? "x0" : this.Epilogue.Body)} of X (n, {this.Sizes2D.Height}, {this.Sizes2D.Width}, {this.Sizes2D.Channels}) " +
        $"convolved with {this.Sizes2D.KernelHeight}x{this.Sizes2D.KernelWidth}; direct, because {this.Reason}; tiles of {this.PixelsOf(Isa.Avx512)}x2 vectors{(this.TileRows > 1 ? $" over {this.TileRows} rows of the map" : "")}; W in panels of 32 channels.";

    public override IReadOnlyList<KernelOperand> Operands =>
    [
        new("x", Access.ReadAll),
        new("w", Access.ReadAll),
        .. this.Epilogue.KernelOperands,
        new("y", Access.WriteScattered),
    ];

    public override IReadOnlyList<string> Sizes => [];

    public override Dim? Units => this.Samples * (this.Panels.Count * this.Blocks);

    /// <summary>Whether all panels of some rows follow each other, and not all rows of a panel.</summary>
    private bool PanelsComeFirst => this.Panels.Count > 1 && (long)this.Sizes2D.Inner * this.Filters <= CachedFilter;

    public override int? Grain => this.PanelsComeFirst ? this.Panels.Count : 1;

    public override Dim Work => this.Samples * ((long)this.Sizes2D.OutputHeight * this.Sizes2D.OutputWidth * this.Sizes2D.Inner * this.Filters);

    public override IEnumerable<RegisterTile> Tiles => Isa.All.SelectMany(isa => this.Panels.SelectMany(p => TileSet.Cut(isa, p.Valid)).Select(b => this.Tile(isa, b.Lanes))).Distinct();

    // The number of samples is not named in the code.
    public bool Equals(ConvKernel? other) => other is not null && this.Sizes2D == other.Sizes2D && this.Filters == other.Filters && this.Epilogue == other.Epilogue;

    public override int GetHashCode() => unchecked((this.Sizes2D.GetHashCode() * 31) + this.Filters);

    private IReadOnlyList<(int Column, int Width, int Valid)> Panels => PanelLayout.Panels(this.Filters);

    /// <summary>
    /// Pixels of a path's tile at most: fewer where they lie a multiple of a large power of two apart, because they then fall into the same sets of the first
    /// cache, which has 64 sets of 8 or 12 lines.
    /// </summary>
    internal static int MostOf(Isa isa, int apart)
    {
        int period = apart & -apart;
        return Math.Min(MostPixels[isa], Math.Max(4, LinesOfASet * (1024 / Math.Min(1024, period))));
    }

    private int MostOf(Isa isa) => MostOf(isa, this.Sizes2D.StrideWidth * this.Sizes2D.Channels);

    /// <summary>Rows of the map in one tile: several where a row is short, but not so that the last tile would compute many again.</summary>
    private int TileRows
    {
        get
        {
            int height = this.Sizes2D.OutputHeight, width = this.Sizes2D.OutputWidth;
            double Worth(int rows) => (double)height / ((height + rows - 1) / rows * rows) * Math.Min(1, rows * width / (double)FewestPixels);
            return Enumerable.Range(1, Math.Max(1, Math.Min(height, this.MostOf(Isa.Avx512) / width))).OrderByDescending(Worth).ThenByDescending(r => r).First();
        }
    }

    /// <summary>Groups of rows of the map: the units of work of one sample and one panel.</summary>
    private int Blocks => (this.Sizes2D.OutputHeight + this.TileRows - 1) / this.TileRows;

    /// <summary>Pixels of a path's tile: whole rows of the map where several fit, else a row in as few equal parts as fit.</summary>
    private int PixelsOf(Isa isa)
    {
        int width = this.Sizes2D.OutputWidth, most = this.MostOf(isa);
        int parts = (width + most - 1) / most;
        return this.RowsOf(isa) > 1 ? this.TileRows * width : (width + parts - 1) / parts;
    }

    /// <summary>Rows of the map in a path's tile.</summary>
    private int RowsOf(Isa isa) => isa == Isa.Avx512 ? this.TileRows : 1;

    private RegisterTile Tile(Isa isa, int lanes)
    {
        ConvSizes s = this.Sizes2D;
        int step = s.StrideWidth * s.Channels;
        RegisterTile tile = new(isa, this.PixelsOf(isa), lanes)
        {
            Loops = (s.KernelHeight > 1 ? 1 : 0) + (s.IsRowOneRun ? 0 : 1),
            Epilogue = this.Epilogue,
        };
        return isa != Isa.Avx512 ? tile : tile with
        {
            Form = TileForm.Placed,
            Places = Enumerable.Range(0, tile.Rows).Select(i => ((i / s.OutputWidth) * s.StrideHeight * s.Pitch) + ((i % s.OutputWidth) * step)).ToEquatableArray(),
        };
    }

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        ConvSizes s = this.Sizes2D;
        int blocks = this.Blocks, panels = this.Panels.Count, rows = this.TileRows;
        using (this.Entry(code, optimize: true, options))
        {
            code.Line($"const int K = {s.Inner}, OW = {s.OutputWidth}, M = {this.Filters};");
            using (code.Braces("for (nint unit = start; unit < end; unit++)"))
            {
                code.Line(panels * blocks == 1 ? "nint sample = unit, rest = 0;" : $"nint sample = unit / {panels * blocks}, rest = unit % {panels * blocks};");
                (string panel, string block) = this.PanelsComeFirst ? ($"rest % {panels}", $"rest / {panels}") : ($"rest / {blocks}", $"rest % {blocks}");
                string top = blocks == 1 ? "0" : rows == 1 ? block : $"Math.Min({block} * {rows}, {s.OutputHeight - rows})";
                code.Line($"nint column = {panel} * {PanelLayout.Width}, top = {top};");
                code.Line($"ref float xUnit = ref Unsafe.Add(ref x, (sample * {s.Height * s.Pitch}) + (top * {s.StrideHeight * s.Pitch}));");
                code.Line("ref float wAt = ref Unsafe.Add(ref w, column * K);");
                code.Line($"nint place = (((sample * {s.OutputHeight}) + top) * OW * M) + column;");
                TileSet.EmitForPanel(code, this.Filters, (width, valid) => this.EmitPanel(code, width, valid));
            }
        }
    }

    /// <summary>The tiles of one panel over one group of rows, for each path.</summary>
    private void EmitPanel(CodeWriter code, int width, int valid)
    {
        for (int i = 0; i < Isa.All.Length; i++)
        {
            Isa isa = Isa.All[i];
            using (code.Braces(TileSet.Head(i, Isa.All.Length, isa)))
            {
                this.EmitTiles(code, isa, width, valid);
            }
        }
    }

    private void EmitTiles(CodeWriter code, Isa isa, int width, int valid)
    {
        ConvSizes s = this.Sizes2D;
        int pixels = this.PixelsOf(isa), step = s.StrideWidth * s.Channels;
        bool loopsRows = this.TileRows > this.RowsOf(isa), loopsPixels = this.RowsOf(isa) == 1 && pixels < s.OutputWidth;
        List<CodeWriter.Block> loops = [];
        string x = "0", y = "place";
        if (loopsRows)
        {
            loops.Add(code.Braces($"for (nint row = 0; row < {this.TileRows}; row++)"));
            (x, y) = ($"row * {s.StrideHeight * s.Pitch}", "place + (row * OW * M)");
        }

        if (loopsPixels)
        {
            loops.Add(code.Braces($"for (nint pixel = 0; pixel < OW; pixel += {pixels})"));
            code.Line(s.OutputWidth % pixels == 0 ? "nint at = pixel;" : $"nint at = Math.Min(pixel, OW - {pixels});");
            (x, y) = ((x == "0" ? "" : $"({x}) + ") + (x == "0" ? $"at * {step}" : $"(at * {step})"), y + " + (at * M)");
        }

        code.Line($"ref float xAt = ref Unsafe.Add(ref xUnit, {x});");
        code.Line($"ref float yAt = ref Unsafe.Add(ref y, {y});");
        for (int e = 1; e <= this.Epilogue.Operands.Count; e++)
        {
            code.Line($"ref float e{e}At = ref Unsafe.Add(ref e{e}, {(this.Epilogue.Operands[e - 1] == EpilogueOperand.Row ? "column" : y)});");
        }

        foreach ((int column, int lanes) in TileSet.Cut(isa, valid))
        {
            string At(string name) => column == 0 ? name + "At" : $"Unsafe.Add(ref {name}At, {column})";
            List<(string Count, string Jump)> taps = [];
            if (!s.IsRowOneRun)
            {
                taps.Add((Literal.Of(s.KernelWidth), Literal.Of(s.DilationWidth * s.Channels)));
            }

            if (s.KernelHeight > 1)
            {
                taps.Add((Literal.Of(s.KernelHeight), s.IsRowOneRun ? Literal.Of((long)s.DilationHeight * s.Pitch) : Literal.Of(((long)s.DilationHeight * s.Pitch) - ((long)s.KernelWidth * s.DilationWidth * s.Channels))));
            }

            code.Line(this.Tile(isa, lanes).Call(new TileCall("xAt", At("w"), At("y"))
            {
                Operands = [.. Enumerable.Range(1, this.Epilogue.Operands.Count).Select(i => At("e" + Literal.Of(i)))],
                K = Literal.Of(s.IsRowOneRun ? s.KernelWidth * s.Channels : s.Channels),
                StrideA = Literal.Of(step),
                StepB = Literal.Of(width),
                StrideY = "M",
                StrideE = "M",
                Loops = taps,
            }) + ";");
        }

        loops.Reverse();
        loops.ForEach(l => l.Dispose());
    }
}
