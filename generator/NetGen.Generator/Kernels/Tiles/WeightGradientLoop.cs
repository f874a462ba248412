namespace NetGen.Generator;

/// <summary>
/// The walk over what is summed and over the rows of dW that gradients of filters and matrices with equal tiles share, whatever their sizes. It goes in blocks that stay in the cache,
/// each adding to what those before left in dW: always in the same order, so the bits do not depend on threads, which share out the rows of dW.
/// </summary>
/// <param name="Heights">For each path the rows of its tiles, the largest first.</param>
/// <param name="HasWholePanels">Whether there are panels of 32 filters.</param>
/// <param name="Last">The stored width and the filters of a narrower last panel; 0 where there is none.</param>
/// <param name="IsPacked">Whether the columns of dY are packed first.</param>
/// <param name="PacksX">Whether the channels of X are, too, in pieces: of a tile's rows where those are eight, else of a chunk's.</param>
/// <param name="IsFlat">Whether X is a matrix: its rows are those of a map one pixel wide.</param>
internal sealed record WeightGradientLoop(EquatableArray<EquatableArray<int>> Heights, bool HasWholePanels, (int Width, int Valid) Last, bool IsPacked, bool PacksX, bool IsFlat) : ITile
{
    /// <summary>Rows of dW in a unit of work at most: whole tiles on every path.</summary>
    private const int LargestChunk = 48;

    /// <summary>Rows that still are a whole tile.</summary>
    private const int SmallestChunk = 8;

    /// <summary>Units that keep some threads busy.</summary>
    private const int FewestUnits = 4;

    /// <summary>Panels of dY that read packed channels of X at least: with fewer, packing costs what it saves.</summary>
    private const int FewestReaders = 2;

    /// <summary>Floats from row to row of X, or a multiple, from which lines a row apart fall into few sets.</summary>
    private const int FewSets = 64;

    private static readonly Dictionary<Isa, int[]> TileRows = new() { [Isa.Avx512] = [8, 4, 2, 1], [Isa.Avx2] = [6, 3, 1], [Isa.Portable] = [4, 2, 1] };

    /// <summary>Rows of dW in a unit of work, of which the runs of rows that lie side by side in X are cut.</summary>
    /// <param name="length">Rows in a run.</param>
    /// <param name="units">Units if each were a whole run.</param>
    public static int Chunk(int length, int units)
    {
        int chunk = LargestChunk;
        while (chunk / 2 >= SmallestChunk && units * ((length + chunk - 1) / chunk) < FewestUnits)
        {
            chunk /= 2;
        }

        return chunk;
    }

    /// <summary>The loop for dW with runs of some rows in chunks, and some columns.</summary>
    public static WeightGradientLoop For(int length, int chunk, int columns, bool packsX, bool isFlat)
    {
        IReadOnlyList<(int Column, int Width, int Valid)> panels = PanelLayout.Panels(columns);
        (_, int width, int valid) = panels[panels.Count - 1];
        return new(
            Isa.All.Select(isa => HeightsOf(isa).ToEquatableArray()).ToEquatableArray(), columns >= PanelLayout.Width, valid == PanelLayout.Width ? default : (width, valid), panels.Count > 1, packsX, isFlat);

        // The heights that whole chunks and the last one need, the largest first.
        int[] HeightsOf(Isa isa)
        {
            HashSet<int> needed = [];
            foreach (int size in new[] { Math.Min(chunk, length), length % chunk })
            {
                int left = size;
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
    }

    /// <summary>Whether packing X in pieces pays: lines of it fall into few sets of the first cache, and enough panels read them.</summary>
    /// <param name="apart">Floats from row to row of X.</param>
    /// <param name="channels">Floats of a row that are read.</param>
    /// <param name="columns">Columns of dW.</param>
    /// <param name="chunk">Rows of dW in a unit.</param>
    public static bool Packs(int apart, int channels, int columns, int chunk) =>
        PanelLayout.Panels(columns).Count >= FewestReaders && (apart & -apart) >= FewSets && channels % 16 == 0 && chunk % 8 == 0;

    /// <summary>The tiles of dW with some columns.</summary>
    public IEnumerable<RegisterTile> TilesOf(int columns) =>
        [.. Isa.All.SelectMany((isa, i) => PanelLayout.Panels(columns).SelectMany(p => TileSet.Cut(isa, p.Valid)).SelectMany(b => this.Heights[i].Select(rows => this.Tile(isa, rows, b.Lanes)))).Distinct()];

    private RegisterTile Tile(Isa isa, int rows, int lanes) => new(isa, rows, lanes)
    {
        Form = TileForm.Adjacent,
        Loops = 1,
        Accumulates = true,
        // Packed columns end in zeros.
        MasksB = !this.IsPacked && lanes % isa.Width > 0,
        StoresWhole = lanes % isa.Width > 0,
    };

    public string Name
    {
        get
        {
            string last = this.Last.Valid == 0 ? "" : FormattableString.Invariant($"_{(this.HasWholePanels ? "Last" : "Only")}{this.Last.Valid}");
            return $"{(this.IsFlat ? "Weight" : "Filter")}Gradient{string.Join("_", this.Heights.Select(h => string.Join("x", h)))}{last}{(this.PacksX ? "_PackedBoth" : this.IsPacked ? "_Packed" : "")}";
        }
    }

    public void Emit(CodeWriter code, EmitOptions options)
    {
        string[] sizes = this.IsFlat ? ["start", "end", "rows", "m", "inner", "chunk", "chunks", "blockRows"]
            : ["start", "end", "samples", "height", "width", "m", "inner", "length", "chunk", "chunks", "runs", "perRow", "blockRows", "sampleX", "rowX", "step", "tapY", "tapX"];
        code.Line();
        options.Optimize(code);
        using (code.Braces($"private static void {this.Name}(ref float x, ref float dy, {(this.IsPacked ? "ref float columns, " : "")}{(this.PacksX ? "ref float pieces, " : "")}ref float y, {string.Join(", ", sizes.Select(s => "nint " + s))})"))
        {
            using (code.Braces("for (nint unit = start; unit < end; unit++)"))
            {
                this.EmitUnit(code);
                code.Line("Packing.Clear(ref to, (stop - first) * panel);");
            }

            if (this.IsFlat)
            {
                using (code.Braces("for (nint top = 0; top < rows; top += blockRows)"))
                {
                    code.Line("nint count = Math.Min(blockRows, rows - top);");
                    this.EmitBlock(code, "ref x, top * inner", "1, 0, count, inner", "count");
                }

                return;
            }

            using (code.Braces("for (nint sample = 0; sample < samples; sample++)"))
            using (code.Braces("for (nint top = 0; top < height; top += blockRows)"))
            {
                code.Line("nint rows = Math.Min(blockRows, height - top);");
                this.EmitBlock(code, "ref x, (sample * sampleX) + (top * rowX)", "rows, rowX, width, step", "rows * width");
            }
        }
    }

    /// <summary>The units over a block.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="block">Where the block of X begins.</param>
    /// <param name="lines">How it lies: lines, the floats between them, pixels of a line and the floats between those.</param>
    /// <param name="pixels">All of the block's pixels.</param>
    private void EmitBlock(CodeWriter code, string block, string lines, string pixels)
    {
        string length = this.IsFlat ? "inner" : "length";
        if (this.PacksX)
        {
            code.Line("bool isOnePanel = start / chunks == (end - 1) / chunks;");
            code.Line($"nint lowest = isOnePanel ? start % chunks * chunk : 0, highest = isOnePanel ? Math.Min((((end - 1) % chunks) + 1) * chunk, {length}) : {length};");
            code.Line($"Packing.Pieces(ref Unsafe.Add({block}), ref pieces, {lines}, lowest, highest, {TileSet.ByPath(isa => PieceOf(isa) is { } piece ? Literal.Of(piece) : "chunk")});");
        }

        using (code.Braces(this.IsPacked ? "for (nint unit = start, packed = -1; unit < end; unit++)" : "for (nint unit = start; unit < end; unit++)"))
        {
            this.EmitUnit(code);
            code.Line(this.PacksX ? $"ref float from = ref Unsafe.Add(ref pieces, first * {pixels});"
                : $"ref float from = ref Unsafe.Add({block}{(this.IsFlat ? "" : " + (run / perRow * tapY) + (run % perRow * tapX)")} + first);");
            code.Line($"ref float dyAt = ref Unsafe.Add(ref dy, ({(this.IsFlat ? "top" : "((sample * height) + top) * width")} * m) + column);");
            if (this.IsPacked)
            {
                using (code.Braces("if (column != packed)"))
                {
                    code.Line($"Packing.Columns(ref dyAt, ref columns, {pixels}, m, Math.Min(m - column, panel), panel);");
                    code.Line("packed = column;");
                }
            }

            TileSet.EmitForPanel(code, $"column + {PanelLayout.Width} <= m", this.HasWholePanels, this.Last, (width, valid) => this.EmitPanel(code, width, valid, pixels));
        }
    }

    /// <summary>Channels of a piece of packed X: a tile's rows; null for a chunk's, where tiles have no eight.</summary>
    private static int? PieceOf(Isa isa) => isa == Isa.Avx512 ? 8 : null;

    /// <summary>What a unit is: a panel of columns and some rows [first, stop) of one run of the filter, or of the matrix.</summary>
    private void EmitUnit(CodeWriter code)
    {
        code.Line(this.IsFlat ? $"nint column = unit / chunks * {PanelLayout.Width}, first = unit % chunks * chunk, stop = Math.Min(first + chunk, inner);"
            : $"nint column = unit / (runs * chunks) * {PanelLayout.Width}, run = unit / chunks % runs, first = unit % chunks * chunk, stop = Math.Min(first + chunk, length);");
        string panel = this.Last.Valid == 0 || this.Last.Width == PanelLayout.Width ? Literal.Of(PanelLayout.Width) : this.HasWholePanels ? $"column + {PanelLayout.Width} <= m ? {PanelLayout.Width} : {this.Last.Width}" : Literal.Of(this.Last.Width);
        code.Line($"nint panel = {panel};");
        code.Line($"ref float to = ref Unsafe.Add(ref y, (column * inner) + ({(this.IsFlat ? "first" : "((run * length) + first)")} * panel));");
    }

    private void EmitPanel(CodeWriter code, int width, int valid, string pixels)
    {
        for (int i = 0; i < Isa.All.Length; i++)
        {
            Isa isa = Isa.All[i];
            EquatableArray<int> heights = this.Heights[i];
            using (code.Braces(TileSet.Head(i, Isa.All.Length, isa)))
            using (code.Braces("for (nint row = 0; row < stop - first;)"))
            {
                string height = string.Concat(heights.Take(heights.Count - 1).Select(h => $"stop - first - row >= {h} ? {h} : ")) + Literal.Of(heights[heights.Count - 1]);
                code.Line($"nint size = {height};");
                code.Line($"ref float xAt = ref Unsafe.Add(ref from, row{(this.PacksX && PieceOf(isa) is not null ? $" * {pixels}" : "")});");
                code.Line($"ref float yAt = ref Unsafe.Add(ref to, row * {width});");
                bool isOneLine = this.IsFlat || this.PacksX;
                new TileSet(_ => [.. heights], path => TileSet.Cut(path, valid), this.Tile).Emit(
                    code,
                    c => new TileCall("xAt", TileSet.At(this.IsPacked ? "columns" : "dyAt", c), TileSet.At("yAt", c))
                    {
                        K = isOneLine ? pixels : "width",
                        StepA = !this.PacksX ? this.IsFlat ? "inner" : "step" : PieceOf(isa) is { } piece ? Literal.Of(piece) : "stop - first",
                        StepB = this.IsPacked ? Literal.Of(width) : "m",
                        StrideY = Literal.Of(width),
                        Loops = [isOneLine ? ("1", "0") : ("rows", "rowX - (width * step)")],
                    },
                    isa);
                code.Line("row += size;");
            }
        }
    }
}
