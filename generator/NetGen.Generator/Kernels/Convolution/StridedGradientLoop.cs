namespace NetGen.Generator;

/// <summary>
/// The walk of direct tiles over the classes of pixels of a strided convolution's input gradient, which gradients with equal tiles share, whatever their sizes: rows of a
/// class and columns of a class, in the order in which the filter lies.
/// </summary>
/// <param name="Tiles">The tiles of the paths, open, at any number of lanes.</param>
/// <param name="HasWholePanels">Whether there are panels of 32 channels.</param>
/// <param name="Last">The stored width and the channels of a narrower last panel; 0 where there is none.</param>
internal sealed record StridedGradientLoop(EquatableArray<RegisterTile> Tiles, bool HasWholePanels, (int Width, int Valid) Last) : ITile
{
    private RegisterTile Widest => this.Tiles[0];

    public string Name
    {
        get
        {
            string last = this.Last.Valid == 0 ? "" : FormattableString.Invariant($"_{(this.HasWholePanels ? "Last" : "Only")}{this.Last.Valid}");
            return $"Strided{string.Join("x", this.Tiles.Select(t => t.Rows))}{last}{this.Widest.Variant}";
        }
    }

    public void Emit(CodeWriter code, EmitOptions options)
    {
        IEnumerable<string> epilogue = this.Widest.Epilogue == Epilogue.None ? [] : [TypeArguments.EpilogueParameter];
        IEnumerable<string> sizes = ["start", "end", "panels", "m", "channels", .. AxisSizes("H"), .. AxisSizes("W")];
        code.Line();
        options.Optimize(code);
        using (code.Braces($"private static void {this.Name}{TypeArguments.List(this.Widest.TypeParameters)}({string.Join(", ", epilogue.Prepend("ref float dy, ref float w, ref float y").Concat(sizes.Select(s => "nint " + s)))}){TypeArguments.Constraints(this.Widest.TypeParameters)}"))
        {
            code.Line("nint groups = (outputsH + strideH - 1) / strideH, pitch = inputsW * m;");
            code.Line($"nint pixels = {TileSet.ByPath(isa => Literal.Of(this.Tiles.First(t => t.Isa == isa).Rows))};");
            using (code.Braces("for (nint unit = start; unit < end; unit++)"))
            {
                code.Line($"nint sample = unit / (panels * groups), column = unit / groups % panels * {PanelLayout.Width}, group = unit % groups * strideH;");
                code.Line("nint element = column * tapsH * tapsW * m;");
                TileSet.EmitForPanel(code, $"column + {PanelLayout.Width} <= channels", this.HasWholePanels, this.Last, (width, valid) => this.EmitPanel(code, width, valid));
            }
        }
    }

    /// <summary>What the loop is told of an axis, in the order of the kernel's arguments.</summary>
    public static IEnumerable<string> AxisSizes(string axis) => from name in new[] { "inputs", "outputs", "taps", "stride", "before", "shift" } select name + axis;

    private void EmitPanel(CodeWriter code, int width, int valid)
    {
        using (EmitClasses(code, "row", "group + ", "H"))
        using (EmitClasses(code, "pixel", "", "W"))
        {
            code.Line("nint taps = countW * m;");
            code.Line("ref float wAt = ref Unsafe.Add(ref w, element);");
            code.Line($"element += countH * taps * {width};");
            using (code.Braces("if (row < outputsH && pixel < outputsW)"))
            {
                code.Line("nint count = (outputsW - pixel + strideW - 1) / strideW;");
                code.Line("ref float dyAt = ref Unsafe.Add(ref dy, (((sample * inputsH) + fromH) * pitch) + (fromW * m));");
                code.Line("nint first = (((((sample * outputsH) + row) * outputsW) + pixel) * channels) + column;");
                using (code.Braces("for (nint tile = 0; tile < count; tile += pixels)"))
                {
                    code.Line("nint at = Math.Min(tile, count - pixels), place = first + (at * strideW * channels);");
                    code.Line("ref float dyTile = ref Unsafe.Add(ref dyAt, at * m);");
                    code.Line("ref float yAt = ref Unsafe.Add(ref y, place);");
                    for (int i = 0; i < this.Tiles.Count; i++)
                    {
                        RegisterTile tile = this.Tiles[i];
                        using (code.Braces(TileSet.Head(i, this.Tiles.Count, tile.Isa)))
                        {
                            TileSet.EachBlock(code, TileSet.Cut(tile.Isa, valid), (column, lanes) => EmitCall(code, tile with { Lanes = lanes }, column, width));
                        }
                    }
                }
            }
        }
    }

    /// <summary>
    /// A loop over the classes along an axis: the first output of a class, how many elements of the filter meet it, and the input that the first of them meets, in the order in
    /// which the class lies turned around.
    /// </summary>
    private static CodeWriter.Block EmitClasses(CodeWriter code, string output, string from, string axis)
    {
        CodeWriter.Block loop = code.Braces($"for (nint class{axis} = 0; class{axis} < stride{axis}; class{axis}++)");
        code.Line($"nint {output} = {from}(class{axis} + shift{axis}) % stride{axis}, count{axis} = Math.Max(0, (taps{axis} + stride{axis} - 1 - class{axis}) / stride{axis});");
        code.Line($"nint from{axis} = (({output} + before{axis}) / stride{axis}) - Math.Max(0, count{axis} - 1);");
        return loop;
    }

    private static void EmitCall(CodeWriter code, RegisterTile tile, string column, int width) =>
        code.Line(tile.Call(new TileCall("dyTile", TileSet.At("wAt", column), TileSet.At("yAt", column))
        {
            Place = TileSet.Plus("place", column),
            Column = TileSet.Plus("column", column),
            K = tile.Loops > 0 ? "taps" : "countH * taps",
            StrideA = "m",
            StepB = Literal.Of(width),
            StrideY = "strideW * channels",
            StrideE = "strideW * channels",
            Loops = tile.Loops > 0 ? [("countH", "pitch")] : [],
        }) + ";");
}
