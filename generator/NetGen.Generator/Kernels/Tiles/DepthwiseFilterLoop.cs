namespace NetGen.Generator;

/// <summary>
/// The walk over channels, samples and the elements of the filter that all filter gradients with equal tiles share. Sixteen channels are a unit of work, the last one has
/// what is left over as well.
/// </summary>
/// <param name="Widest">The widest path, by the number of channels.</param>
/// <param name="Parts">The parts of the filter, each with its tiles over a row of dY: equal ones, and what is left over.</param>
internal sealed record DepthwiseFilterLoop(Isa Widest, EquatableArray<DepthwiseFilterPart> Parts) : ITile
{
    /// <summary>Channels of a unit: a vector of the widest path.</summary>
    public const int UnitChannels = 16;

    public string Name => $"{string.Join("_and_", this.Parts.Select(p => $"{p.Tile.Form}{(p.Repeats > 1 ? "_Times" + Literal.Of(p.Repeats) : "")}{(p.Rest is null ? "" : "_" + Literal.Of(p.Rest.Pixels))}"))}_Units{(this.Widest == Isa.Avx512 ? "" : this.Widest.Suffix)}";

    /// <summary>The tiles of all paths.</summary>
    public IEnumerable<DepthwiseFilterTile> Tiles =>
        DepthwiseLoop.Paths(this.Widest).SelectMany(isa => this.Parts.SelectMany(p => new[] { p.Tile, p.Rest }.OfType<DepthwiseFilterTile>()).Select(t => t with { Isa = isa })).Distinct();

    public void Emit(CodeWriter code, EmitOptions options)
    {
        string[] sizes = ["start", "end", "c", "samples", "inputs", "outputs", "taps", "stride", "dilation", "before", "columns", "left", "pitchX", "pitchY", "tiles"];
        code.Line();
        options.Optimize(code);
        using (code.Braces($"private static void {this.Name}(ref float x, ref float dy, ref float y, {string.Join(", ", sizes.Select(s => "nint " + s))})"))
        using (code.Braces("for (nint unit = start; unit < end; unit++)"))
        {
            code.Line($"nint count = unit < (c / {UnitChannels}) - 1 ? {UnitChannels} : c - (unit * {UnitChannels});");
            Isa[] paths = [.. DepthwiseLoop.Paths(this.Widest)];
            for (int i = 0; i < paths.Length; i++)
            {
                using (paths.Length == 1 ? code.Braces() : code.Braces(TileSet.Head(i, paths.Length, paths[i])))
                using (code.Braces($"for (nint done = 0; done < count; done += {paths[i].Width})"))
                {
                    this.EmitVector(code, paths[i]);
                }
            }
        }
    }

    private void EmitVector(CodeWriter code, Isa isa)
    {
        int lanes = this.Parts[0].Tile.Lanes;
        code.Line($"nint channel = (unit * {UnitChannels}) + {(lanes > 0 ? "done" : $"Math.Min(done, count - {isa.Width})")};");
        using (code.Braces("for (nint k = 0; k < taps * columns * c; k += c)"))
        {
            // The last vector may take channels again; it begins anew with them.
            code.Line(TileLoads.Store(isa, lanes, isa.Zero, ("y", "k + channel")));
        }

        using (code.Braces("for (nint sample = 0; sample < samples; sample++)"))
        {
            code.Line("ref float xAt = ref Unsafe.Add(ref x, (sample * inputs * pitchX) - (left * c) + channel);");
            code.Line("ref float yAt = ref Unsafe.Add(ref dy, (sample * outputs * pitchY) + channel);");
            foreach (DepthwiseFilterPart part in this.Parts)
            {
                int rows = part.Tile.Rows;
                using (part.Repeats > 1 ? code.Braces($"for (nint row = {part.Row}; row < {part.Row + (part.Repeats * rows)}; row += {rows})") : (CodeWriter.Block?)null)
                {
                    string row = part.Repeats > 1 ? "row" : Literal.Of(part.Row);
                    this.EmitCall(code, part.Tile with { Isa = isa }, part, row, "0", "tiles", isLast: part.Rest is null);
                    if (part.Rest is { } rest)
                    {
                        this.EmitCall(code, rest with { Isa = isa }, part, row, $"tiles * {part.Tile.Pixels}", "1", isLast: true);
                    }
                }
            }
        }
    }

    private void EmitCall(CodeWriter code, DepthwiseFilterTile tile, DepthwiseFilterPart part, string row, string pixel, string tiles, bool isLast)
    {
        string tap = part.Tap == 0 ? "" : $" + {part.Tap * tile.Dilation}";
        string column = pixel == "0" ? (part.Tap == 0 ? "" : $"{part.Tap * tile.Dilation} * c") : $"(({pixel} * {tile.Stride}){tap}) * c";
        string element = row == "0" && part.Tap == 0 ? "channel" : $"((({row} * columns) + {part.Tap}) * c) + channel";
        code.Line(tile.Call(
            [column.Length == 0 ? "xAt" : $"Unsafe.Add(ref xAt, {column})", pixel == "0" ? "yAt" : $"Unsafe.Add(ref yAt, {pixel} * c)", $"Unsafe.Add(ref y, {element})"],
            ["c", "columns * c", tiles, "outputs", "pitchY", "pitchX", row == "0" ? "-before" : $"({row} * dilation) - before", "stride", "dilation", "inputs"],
            isFirst: pixel == "0",
            isLast) + ";");
    }
}

/// <summary>A part of a filter whose gradient is computed by itself: some rows by some elements of them, from a row and an element on; further parts follow below it.</summary>
/// <param name="Row">Its first row.</param>
/// <param name="Repeats">How many parts of as many rows follow each other.</param>
/// <param name="Tap">The first element of each row.</param>
/// <param name="Tile">The tile over a row of dY.</param>
/// <param name="Rest">The tile over what is left of a row.</param>
internal sealed record DepthwiseFilterPart(int Row, int Repeats, int Tap, DepthwiseFilterTile Tile, DepthwiseFilterTile? Rest);
