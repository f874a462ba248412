namespace NetGen.Generator;

/// <summary>The walk of direct tiles over panels of channels and rows of a map, which convolutions with equal tiles share, whatever their sizes.</summary>
/// <param name="Paths">The paths.</param>
/// <param name="TileRows">Rows of the map in a unit of work.</param>
/// <param name="HasWholePanels">Whether there are panels of 32 channels.</param>
/// <param name="Last">The stored width and the channels of a narrower last panel; 0 where there is none.</param>
internal sealed record ConvLoop(EquatableArray<ConvLoopPath> Paths, int TileRows, bool HasWholePanels, (int Width, int Valid) Last) : ITile
{
    private RegisterTile Widest => this.Paths[0].Tile;

    private bool HasEpilogue => this.Widest.Epilogue != Epilogue.None;

    public string Name
    {
        get
        {
            string last = this.Last.Valid == 0 ? "" : FormattableString.Invariant($"_{(this.HasWholePanels ? "Last" : "Only")}{this.Last.Valid}");
            return $"Direct{string.Join("x", this.Paths.Select(p => p.Tile.Rows))}{(this.TileRows > 1 ? "_Rows" + Literal.Of(this.TileRows) : "")}{last}{this.Widest.Variant}";
        }
    }

    private ConvLoopPath PathOf(Isa isa) => this.Paths.First(p => p.Tile.Isa == isa);

    /// <summary>The types that tell equal loops apart, of which a call gives its own.</summary>
    private IReadOnlyList<string> TypeParameters => this.Widest.TypeParameters;

    public void Emit(CodeWriter code, EmitOptions options)
    {
        IEnumerable<string> epilogue = this.HasEpilogue ? [TypeArguments.EpilogueParameter] : [];
        IEnumerable<string> sizes = ["height", "width", "m", "inner", "sampleX", "rowX", "step", "k", .. Enumerable.Range(0, this.Widest.Loops).SelectMany(i => new[] { "count" + Literal.Of(i), "jump" + Literal.Of(i) })];
        code.Line();
        options.Optimize(code);
        using (code.Braces($"private static void {this.Name}{TypeArguments.List(this.TypeParameters)}({string.Join(", ", epilogue.Prepend("ref float x, ref float w, ref float y, ref float moments").Concat(["nint start", "nint end", "nint panels", "bool panelsFirst"]).Concat(sizes.Select(s => "nint " + s)))}){TypeArguments.Constraints(this.TypeParameters)}"))
        {
            code.Line(this.TileRows == 1 ? "nint blocks = height;" : $"nint blocks = (height + {this.TileRows - 1}) / {this.TileRows};");
            code.Line($"nint pixels = {TileSet.ByPath(isa => Literal.Of(this.PathOf(isa).Tile.Rows))};");
            if (this.TileRows > 1)
            {
                code.Line($"nint rows = {TileSet.ByPath(isa => Literal.Of(this.TileRows / this.PathOf(isa).Rows))};");
            }

            using (code.Braces("for (nint unit = start; unit < end; unit++)"))
            {
                code.Line("nint sample = unit / (panels * blocks), rest = unit - (sample * panels * blocks);");
                code.Line("nint panel = panelsFirst ? rest % panels : rest / blocks, block = panelsFirst ? rest / panels : rest - (panel * blocks);");
                code.Line($"nint column = panel * {PanelLayout.Width}, top = {(this.TileRows == 1 ? "block" : $"Math.Min(block * {this.TileRows}, height - {this.TileRows})")};");
                code.Line("ref float xUnit = ref Unsafe.Add(ref x, (sample * sampleX) + (top * rowX));");
                code.Line("ref float wAt = ref Unsafe.Add(ref w, column * inner);");
                code.Line("nint first = (((sample * height) + top) * width * m) + column;");
                TileSet.EmitForPanel(code, $"column + {PanelLayout.Width} <= m", this.HasWholePanels, this.Last, (width, valid) => this.EmitPanel(code, width, valid));
                this.EmitMoments(code);
            }
        }
    }

    /// <summary>The moments of what the unit has written, where they are wanted. A last group of rows begins among those of the one before.</summary>
    private void EmitMoments(CodeWriter code)
    {
        string skipped = this.TileRows == 1 ? "" : $" + (((block * {this.TileRows}) - top) * width * m)";
        string pixels = this.TileRows == 1 ? "width" : $"(top + {this.TileRows} - (block * {this.TileRows})) * width";
        code.Line($"ChannelStatistics.Unit(ref y.At(first{skipped}), ref moments, (sample * blocks) + block, column, {pixels}, m);");
    }

    /// <summary>The tiles of one panel over one group of rows, for each path.</summary>
    private void EmitPanel(CodeWriter code, int width, int valid)
    {
        bool hasRows = this.TileRows > 1;
        string row = hasRows ? " + (row * rowX)" : "", place = hasRows ? "first + (row * width * m) + (at * m)" : "first + (at * m)";
        using (hasRows ? code.Braces("for (nint row = 0; row < rows; row++)") : (CodeWriter.Block?)null)
        using (code.Braces("for (nint pixel = 0; pixel < width; pixel += pixels)"))
        {
            // The last tile of a row may compute pixels again. One over several rows has all of theirs.
            code.Line($"nint at = {(hasRows ? "rows == 1 ? 0 : " : "")}Math.Min(pixel, width - pixels);");
            code.Line($"ref float xAt = ref Unsafe.Add(ref xUnit, (at * step){row});");
            code.Line($"nint place = {place};");
            code.Line("ref float yAt = ref Unsafe.Add(ref y, place);");
            for (int i = 0; i < this.Paths.Count; i++)
            {
                RegisterTile tile = this.Paths[i].Tile;
                using (code.Braces(TileSet.Head(i, this.Paths.Count, tile.Isa)))
                {
                    TileSet.EachBlock(code, TileSet.Cut(tile.Isa, valid), (column, lanes) => this.EmitCall(code, tile with { Lanes = lanes }, column, width));
                }
            }
        }
    }

    private void EmitCall(CodeWriter code, RegisterTile tile, string column, int width) => code.Line(tile.Call(new TileCall("xAt", TileSet.At("wAt", column), TileSet.At("yAt", column))
    {
        Place = TileSet.Plus("place", column),
        Column = TileSet.Plus("column", column),
        StrideA = "step",
        StepB = Literal.Of(width),
        StrideY = "m",
        StrideE = "m",
        Loops = [.. Enumerable.Range(0, tile.Loops).Select(i => ("count" + Literal.Of(i), "jump" + Literal.Of(i)))],
    }) + ";");
}

/// <summary>A path of a <see cref="ConvLoop"/>.</summary>
/// <param name="Tile">Its tile, open, at any number of lanes.</param>
/// <param name="Rows">Rows of the map in the tile.</param>
internal sealed record ConvLoopPath(RegisterTile Tile, int Rows);
