namespace NetGen.Generator;

/// <summary>The walk over samples, rows of the map and rows of dW that filters' gradients with equal tiles share, whatever their sizes.</summary>
/// <param name="Heights">For each path the rows of its tiles, the largest first.</param>
/// <param name="HasWholePanels">Whether there are panels of 32 filters.</param>
/// <param name="Last">The stored width and the filters of a narrower last panel; 0 where there is none.</param>
/// <param name="IsPacked">Whether the columns of dY are packed first.</param>
/// <param name="PacksX">Whether the channels of X are, too, in pieces: of a tile's rows where those are eight, else of a chunk's.</param>
internal sealed record ConvFilterGradientLoop(EquatableArray<EquatableArray<int>> Heights, bool HasWholePanels, (int Width, int Valid) Last, bool IsPacked, bool PacksX) : ITile
{
    public string Name
    {
        get
        {
            string last = this.Last.Valid == 0 ? "" : FormattableString.Invariant($"_{(this.HasWholePanels ? "Last" : "Only")}{this.Last.Valid}");
            return $"FilterGradient{string.Join("_", this.Heights.Select(h => string.Join("x", h)))}{last}{(this.PacksX ? "_PackedBoth" : this.IsPacked ? "_Packed" : "")}";
        }
    }

    public void Emit(CodeWriter code, EmitOptions options)
    {
        string[] sizes = ["start", "end", "samples", "height", "width", "m", "inner", "length", "chunk", "chunks", "runs", "perRow", "blockRows", "sampleX", "rowX", "step", "tapY", "tapX"];
        code.Line();
        options.Optimize(code);
        using (code.Braces($"private static void {this.Name}(ref float x, ref float dy, {(this.IsPacked ? "ref float columns, " : "")}{(this.PacksX ? "ref float pieces, " : "")}ref float y, {string.Join(", ", sizes.Select(s => "nint " + s))})"))
        {
            using (code.Braces("for (nint unit = start; unit < end; unit++)"))
            {
                this.EmitUnit(code);
                code.Line("Packing.Clear(ref to, (stop - first) * panel);");
            }

            using (code.Braces("for (nint sample = 0; sample < samples; sample++)"))
            using (code.Braces("for (nint top = 0; top < height; top += blockRows)"))
            {
                code.Line("nint rows = Math.Min(blockRows, height - top);");
                if (this.PacksX)
                {
                    code.Line("bool isOnePanel = start / chunks == (end - 1) / chunks;");
                    code.Line("nint lowest = isOnePanel ? start % chunks * chunk : 0, highest = isOnePanel ? Math.Min((((end - 1) % chunks) + 1) * chunk, length) : length;");
                    code.Line($"Packing.Pieces(ref Unsafe.Add(ref x, (sample * sampleX) + (top * rowX)), ref pieces, rows, rowX, width, step, lowest, highest, {TileSet.ByPath(isa => PieceOf(isa) is { } piece ? Literal.Of(piece) : "chunk")});");
                }

                this.EmitBlock(code);
            }
        }
    }

    /// <summary>The units over a block of rows of the map.</summary>
    private void EmitBlock(CodeWriter code)
    {
        using (code.Braces(this.IsPacked ? "for (nint unit = start, packed = -1; unit < end; unit++)" : "for (nint unit = start; unit < end; unit++)"))
        {
            this.EmitUnit(code);
            code.Line(this.PacksX
                ? "ref float from = ref Unsafe.Add(ref pieces, first * rows * width);"
                : "ref float from = ref Unsafe.Add(ref x, (sample * sampleX) + (top * rowX) + (run / perRow * tapY) + (run % perRow * tapX) + first);");
            code.Line("ref float dyAt = ref Unsafe.Add(ref dy, (((sample * height) + top) * width * m) + column);");
            if (this.IsPacked)
            {
                using (code.Braces("if (column != packed)"))
                {
                    code.Line("Packing.Columns(ref dyAt, ref columns, rows * width, m, Math.Min(m - column, panel), panel);");
                    code.Line("packed = column;");
                }
            }

            TileSet.EmitForPanel(code, $"column + {PanelLayout.Width} <= m", this.HasWholePanels, this.Last, (width, valid) => this.EmitPanel(code, width, valid));
        }
    }

    /// <summary>Channels of a piece of packed X: a tile's rows; null for a chunk's, where tiles have no eight.</summary>
    private static int? PieceOf(Isa isa) => isa == Isa.Avx512 ? 8 : null;

    /// <summary>What a unit is: a panel of columns and some rows [first, stop) of one run of the filter.</summary>
    private void EmitUnit(CodeWriter code)
    {
        code.Line($"nint column = unit / (runs * chunks) * {PanelLayout.Width}, run = unit / chunks % runs, first = unit % chunks * chunk, stop = Math.Min(first + chunk, length);");
        string panel = this.Last.Valid == 0 || this.Last.Width == PanelLayout.Width ? Literal.Of(PanelLayout.Width) : this.HasWholePanels ? $"column + {PanelLayout.Width} <= m ? {PanelLayout.Width} : {this.Last.Width}" : Literal.Of(this.Last.Width);
        code.Line($"nint panel = {panel};");
        code.Line("ref float to = ref Unsafe.Add(ref y, (column * inner) + (((run * length) + first) * panel));");
    }

    private void EmitPanel(CodeWriter code, int width, int valid)
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
                code.Line($"ref float xAt = ref Unsafe.Add(ref from, row{(this.PacksX && PieceOf(isa) is not null ? " * rows * width" : "")});");
                code.Line($"ref float yAt = ref Unsafe.Add(ref to, row * {width});");
                new TileSet(_ => [.. heights], path => TileSet.Cut(path, valid), (path, rows, lanes) => ConvFilterGradientKernel.Tile(path, rows, lanes, this.IsPacked)).Emit(
                    code,
                    c => new TileCall("xAt", TileSet.At(this.IsPacked ? "columns" : "dyAt", c), TileSet.At("yAt", c))
                    {
                        K = this.PacksX ? "rows * width" : "width",
                        StepA = !this.PacksX ? "step" : PieceOf(isa) is { } piece ? Literal.Of(piece) : "stop - first",
                        StepB = this.IsPacked ? Literal.Of(width) : "m",
                        StrideY = Literal.Of(width),
                        Loops = [this.PacksX ? ("1", "0") : ("rows", "rowX - (width * step)")],
                    },
                    isa);
                code.Line("row += size;");
            }
        }
    }
}
