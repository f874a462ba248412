namespace NetGen.Generator;

/// <summary>
/// A row of outputs of a convolution in which each channel has a filter of its own, some pixels at a time: their sums over the filter stay in registers, a row of the
/// filter lies in registers while the pixels of a row of X go by, each of which is loaded once for all outputs that take it. Vectors go over the channels; the last one
/// is moved back to end with the last channel, and computes some again, which gives the same bits. Sizes and distances are arguments, so layers share the method.
/// </summary>
/// <param name="Isa">The code path.</param>
/// <param name="Pixels">Outputs side by side.</param>
/// <param name="Axis">How the taps of a row lie; its sizes do not matter.</param>
/// <param name="Phase">The phase of the first output.</param>
internal sealed record DepthwiseTile(Isa Isa, int Pixels, WindowAxis Axis, int Phase) : ITile
{
    /// <summary>From this many pixels on, the epilogue stands once in a function of the tile.</summary>
    private const int FewPixels = 4;

    /// <summary>Whether the elements of a row of the filter are a loop, because they would not fit the registers: the axis then has one.</summary>
    public bool IsWide { get; init; }

    /// <summary>Columns of X that the first tile of a row does not have, and those that the last one does not have.</summary>
    public int Left { get; init; }

    public int Right { get; init; }

    /// <summary>All channels, where they do not fill a vector; 0 where they do.</summary>
    public int Lanes { get; init; }

    public Epilogue Epilogue { get; init; } = Epilogue.None;

    public string Name => $"{this.Form}_{this.Isa.Suffix}";

    /// <summary>The name on all paths.</summary>
    public string Form
    {
        get
        {
            string axis = FormattableString.Invariant($"{(this.IsWide ? "N" : Literal.Of(this.Axis.Taps))}{(this.Axis.Spreads ? "Up" : "By")}{this.Axis.Stride}{(this.Axis.Dilation > 1 ? "_d" + Literal.Of(this.Axis.Dilation) : "")}{(this.Phase > 0 ? "_p" + Literal.Of(this.Phase) : "")}");
            string clip = this.Left + this.Right > 0 ? FormattableString.Invariant($"_Clip{this.Left}_{this.Right}") : "";
            return FormattableString.Invariant($"Depthwise{this.Pixels}x{axis}{clip}{(this.Lanes > 0 ? "_Lanes" + Literal.Of(this.Lanes) : "")}{EpilogueNames.Of(this.Epilogue)}");
        }
    }

    /// <summary>Columns of X from tile to tile.</summary>
    public int Step => this.Axis.Spreads ? this.Pixels / this.Axis.Stride : this.Pixels * this.Axis.Stride;

    private bool Clips => this.Left + this.Right > 0;

    /// <summary>The call: references to X at the first tile's first column, the first tap, the operands and Y; then sizes.</summary>
    /// <param name="references">C# of x, w, the epilogue's operands and y.</param>
    /// <param name="sizes">C# of: channels of a pixel, floats from tap to tap, rows of the filter, floats of X and of W from one to the next, tiles.</param>
    /// <param name="taps">C# of the elements of a row of the filter, where they are a loop.</param>
    /// <param name="isFirst">C# of whether the first tile is the row's first.</param>
    /// <param name="isLast">C# of whether the last tile is the row's last.</param>
    public string Call(IEnumerable<string> references, IEnumerable<string> sizes, string taps, string isFirst, string isLast) =>
        $"{this.Name}({string.Join(", ", references.Select(r => "ref " + r).Concat(sizes).Concat(this.IsWide ? [taps] : Array.Empty<string>()).Concat(this.Clips ? [isFirst, isLast] : Array.Empty<string>()))})";

    public void Emit(CodeWriter code, EmitOptions options)
    {
        IEnumerable<string> references = ["x", "w", .. Enumerable.Range(1, this.Epilogue.Operands.Count).Select(i => "e" + Literal.Of(i)), "y"];
        IEnumerable<string> sizes = ["c", "tap", "rows", "jumpX", "jumpW", "tiles", .. this.IsWide ? ["columns"] : Array.Empty<string>()];
        code.Line();
        options.Optimize(code);
        using (code.Braces($"private static void {this.Name}({string.Join(", ", references.Select(r => "ref float " + r).Concat(sizes.Select(s => "nint " + s)))}{(this.Clips ? ", bool left, bool right" : "")})"))
        using (code.Braces("for (nint tile = 0; tile < tiles; tile++)"))
        {
            if (this.Clips)
            {
                code.Line("bool isInner = !left || tile > 0, isBefore = !right || tile < tiles - 1;");
            }

            using (this.Lanes > 0 ? code.Braces() : code.Braces($"for (nint done = 0; done < c; done += {this.Isa.Width})"))
            {
                code.Line(this.Lanes > 0 ? "const int i = 0;" : $"nint i = Math.Min(done, c - {this.Isa.Width});");
                this.EmitSums(code);
                this.EmitStores(code);
            }

            code.Line($"x = ref Unsafe.Add(ref x, {this.Step} * c);");
            foreach (string reference in references.Where(r => r == "y" || (r[0] == 'e' && this.Epilogue.Operands[int.Parse(r.Substring(1), System.Globalization.CultureInfo.InvariantCulture) - 1] == EpilogueOperand.Full)))
            {
                code.Line($"{reference} = ref Unsafe.Add(ref {reference}, {this.Pixels} * c);");
            }
        }
    }

    private void EmitSums(CodeWriter code)
    {
        code.Line($"{this.Isa.Type} {string.Join(", ", Enumerable.Range(0, this.Pixels).Select(p => $"s{p} = default"))};");
        code.Line("ref float row = ref Unsafe.Add(ref x, i);");
        code.Line("ref float taps = ref Unsafe.Add(ref w, i);");
        using (code.Braces("for (nint r = 0; r < rows; r++)"))
        {
            if (this.IsWide)
            {
                code.Line("ref float from = ref row;");
                code.Line("ref float element = ref taps;");
                using (code.Braces("for (nint column = 0; column < columns; column++)"))
                {
                    this.EmitTaps(code, "element", "from");
                    code.Line($"from = ref Unsafe.Add(ref from, {(this.Axis.Dilation == 1 ? "" : Literal.Of(this.Axis.Dilation) + " * ")}c);");
                    code.Line("element = ref Unsafe.Add(ref element, tap);");
                }
            }
            else
            {
                this.EmitTaps(code, "taps", "row");
            }

            code.Line("row = ref Unsafe.Add(ref row, jumpX);");
            code.Line("taps = ref Unsafe.Add(ref taps, jumpW);");
        }
    }

    /// <summary>What the elements of the filter that lie in registers add.</summary>
    private void EmitTaps(CodeWriter code, string filter, string row)
    {
        IReadOnlyList<(int Column, int Pixel, int Tap)> pairs = this.Axis.Pairs(this.Phase, this.Pixels);
        int last = pairs.Count == 0 ? 0 : pairs[pairs.Count - 1].Column;
        Walk taps = new(code, filter, "k", "tap");
        foreach (int tap in pairs.Select(p => p.Tap).Distinct().OrderBy(t => t))
        {
            code.Line($"var w{tap} = {this.Load(taps.At(tap))};");
        }

        Walk columns = new(code, row, "at", "c");
        foreach (IGrouping<int, (int Column, int Pixel, int Tap)> column in pairs.GroupBy(p => p.Column))
        {
            (string, string) place = columns.At(column.Key);
            using (TileLoads.Inside(code, column.Key < this.Left, column.Key > last - this.Right))
            {
                string name = "x" + Literal.Of(column.Key);
                code.Line($"var {name} = {this.Load(place)};");
                foreach ((_, int pixel, int tap) in column)
                {
                    code.Line($"s{pixel} = {this.Isa.MultiplyAdd}({name}, w{tap}, s{pixel});");
                }
            }
        }
    }

    private void EmitStores(CodeWriter code)
    {
        int operands = this.Epilogue.Operands.Count;
        bool asFunction = this.Epilogue != Epilogue.None && this.Pixels > FewPixels;
        if (asFunction)
        {
            code.Line("[MethodImpl(AggressiveInlining)]");
            using (code.Braces($"static {this.Isa.Type} Finish({string.Join(", ", Enumerable.Range(0, operands + 1).Select(i => $"{this.Isa.Type} x{i}"))})"))
            {
                string result = ExprEmitter.Emit(code, this.Isa, [this.Epilogue.Body], i => "x" + Literal.Of(i), null, "t")[0];
                code.Line($"return {result};");
            }
        }

        Walk[] walks = new Walk[operands + 1];
        for (int k = 1; k <= operands; k++)
        {
            string name = "e" + Literal.Of(k);
            if (this.Epilogue.Operands[k - 1] == EpilogueOperand.Row)
            {
                code.Line($"var {name}Row = {this.Load(($"Unsafe.Add(ref {name}, i)", "0"))};");
            }
            else
            {
                code.Line($"ref float {name}Place = ref Unsafe.Add(ref {name}, i);");
                walks[k] = new(code, name + "Place", name + "At", "c");
            }
        }

        code.Line("ref float place = ref Unsafe.Add(ref y, i);");
        walks[0] = new(code, "place", "to", "c");
        for (int p = 0; p < this.Pixels; p++)
        {
            (string Reference, string Offset) to = walks[0].At(p);
            string[] inputs = [.. Enumerable.Range(0, operands + 1).Select(k =>
                k == 0 ? "s" + Literal.Of(p)
                : this.Epilogue.Operands[k - 1] == EpilogueOperand.Row ? $"e{k}Row"
                : this.Load(walks[k].At(p)))];
            string result = this.Epilogue == Epilogue.None ? inputs[0]
                : asFunction ? $"Finish({string.Join(", ", inputs)})"
                : ExprEmitter.Emit(code, this.Isa, [this.Epilogue.Body], k => inputs[k], null, $"t{p}_")[0];
            code.Line(TileLoads.Store(this.Isa, this.Lanes, result, to));
        }
    }

    private string Load((string Reference, string Offset) place) => TileLoads.Load(this.Isa, this.Lanes, place);
}
