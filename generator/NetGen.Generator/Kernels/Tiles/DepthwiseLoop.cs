namespace NetGen.Generator;

/// <summary>
/// The walk over the rows of outputs that all layers with equal tiles share: which rows of the filter meet the map, and the calls of the tiles. A unit of work is a row, or
/// a part of its tiles where there are few rows.
/// </summary>
/// <param name="Widest">The widest path, by the number of channels.</param>
/// <param name="Tile">The tile.</param>
/// <param name="Last">The tile that ends with the row where tiles do not come out even.</param>
/// <param name="Spreads">Whether a row of outputs takes only the rows of the filter that the stride leaves it.</param>
internal sealed record DepthwiseLoop(Isa Widest, DepthwiseTile Tile, DepthwiseTile? Last, bool Spreads) : ITile
{
    public string Name => $"{this.Tile.Form}{(this.Last is null ? "" : this.Last.Form == this.Tile.Form ? "_Rest" : "_Rest" + Literal.Of(this.Last.Phase))}{(this.Spreads ? "_Up" : "")}_Rows{(this.Widest == Isa.Avx512 ? "" : this.Widest.Suffix)}";

    /// <summary>The tiles of all paths.</summary>
    public IEnumerable<DepthwiseTile> Tiles => Paths(this.Widest).SelectMany(isa => new[] { this.Tile, this.Last }.OfType<DepthwiseTile>().Select(t => t with { Isa = isa })).Distinct();

    /// <summary>The widest path for a number of channels: vectors no longer than they.</summary>
    public static Isa WidestFor(int channels) => Isa.All.First(isa => channels >= isa.Width || isa == Isa.Portable);

    /// <summary>The lanes of a vector that all channels do not fill, or 0.</summary>
    public static int LanesOf(int channels) => channels < Isa.Portable.Width ? channels : 0;

    public static IEnumerable<Isa> Paths(Isa widest) => Isa.All.SkipWhile(isa => isa != widest);

    public void Emit(CodeWriter code, EmitOptions options)
    {
        int operands = this.Tile.Epilogue.Operands.Count;
        IEnumerable<string> references = ["x", "w", .. Enumerable.Range(1, operands).Select(i => "e" + Literal.Of(i)), "y"];
        IEnumerable<string> sizes =
        [
            "start", "end", "c", "inputs", "outputs", "taps", "stride", .. this.Spreads ? Array.Empty<string>() : ["dilation"], "before", "pitchX", "pitchY", "pitchW", "tap", "element", "column", "tiles", "parts",
            .. this.Last is null ? Array.Empty<string>() : ["lastColumn", "lastPixel"],
            .. this.Tile.IsWide ? ["columns"] : Array.Empty<string>(),
        ];
        code.Line();
        options.Optimize(code);
        using (code.Braces($"private static void {this.Name}({string.Join(", ", references.Select(r => "ref float " + r).Concat(sizes.Select(s => "nint " + s)))})"))
        using (code.Braces("for (nint unit = start; unit < end; unit++)"))
        {
            code.Line("nint part = unit % parts, sample = unit / parts / outputs, row = unit / parts % outputs;");
            this.EmitRowRange(code);
            code.Line($"nint place = ((sample * outputs) + row) * pitchY, begin = tiles * part / parts, count = (tiles * (part + 1) / parts) - begin;");
            code.Line("ref float xRow = ref Unsafe.Add(ref x, ((sample * inputs) + at) * pitchX);");
            code.Line("ref float wAt = ref Unsafe.Add(ref w, element + (first * pitchW));");
            using (this.Last is null ? (CodeWriter.Block?)null : code.Braces())
            {
                this.EmitTiles(code, this.Tile, $"column + (begin * {this.Tile.Step} * c)", $"begin * {this.Tile.Pixels} * c", "count", "part == 0", this.Last is null ? "part == parts - 1" : "false");
            }

            if (this.Last is { } last)
            {
                using (code.Braces("if (part == parts - 1)"))
                {
                    this.EmitTiles(code, last, "lastColumn", "lastPixel", "1", "false", "true");
                }
            }
        }
    }

    /// <summary>The rows of the filter that meet the map: the first, how many, and the row of X at which the first lies.</summary>
    private void EmitRowRange(CodeWriter code)
    {
        if (this.Spreads)
        {
            code.Line("nint above = row + before, skipped = Math.Max(0, (above / stride) - (inputs - 1));");
            code.Line("nint first = (above % stride) + (skipped * stride), at = (above / stride) - skipped, rows = Math.Min((taps - first + stride - 1) / stride, at + 1);");
        }
        else
        {
            code.Line("nint top = (row * stride) - before;");
            code.Line("nint first = Math.Max(0, (dilation - 1 - top) / dilation), at = top + (first * dilation), rows = Math.Min(taps, (inputs - top + dilation - 1) / dilation) - first;");
        }
    }

    private void EmitTiles(CodeWriter code, DepthwiseTile tile, string column, string pixel, string count, string isFirst, string isLast)
    {
        code.Line($"ref float xAt = ref Unsafe.Add(ref xRow, {column});");
        code.Line($"ref float yAt = ref Unsafe.Add(ref y, place + ({pixel}));");
        string[] operands = [.. this.Tile.Epilogue.Operands.Select((o, i) => o == EpilogueOperand.Row ? $"e{i + 1}" : $"Unsafe.Add(ref e{i + 1}, place + ({pixel}))")];
        Isa[] paths = [.. Paths(this.Widest)];
        for (int i = 0; i < paths.Length; i++)
        {
            using (paths.Length == 1 ? (CodeWriter.Block?)null : code.Braces(TileSet.Head(i, paths.Length, paths[i])))
            {
                string[] sizes = ["c", "tap", "rows", this.Spreads ? "-pitchX" : "dilation * pitchX", this.Spreads ? "stride * pitchW" : "pitchW", count];
                code.Line((tile with { Isa = paths[i] }).Call(["xAt", "wAt", .. operands, "yAt"], sizes, "columns", isFirst, isLast) + ";");
            }
        }
    }
}
