namespace NetGen.Generator;

/// <summary>
/// A part of a filter's gradient, in a convolution in which each channel has a filter of its own: some rows by some taps of one vector of channels stay in registers while
/// all pixels of a sample go by; each pixel of X is loaded once for all elements of a row of the filter. What was in dW before is added to. Rows of the filter that meet
/// no row of the map are skipped at run time, columns outside of the map in the first and the last tile. Sizes and distances are arguments, so layers share the method.
/// </summary>
/// <param name="Isa">The code path.</param>
/// <param name="Pixels">Pixels of dY side by side.</param>
/// <param name="Rows">Rows of the filter.</param>
/// <param name="Taps">Elements of each.</param>
/// <param name="Stride">Columns of X from pixel to pixel.</param>
/// <param name="Dilation">Columns of X from tap to tap.</param>
internal sealed record DepthwiseFilterTile(Isa Isa, int Pixels, int Rows, int Taps, int Stride, int Dilation) : ITile
{
    /// <summary>Sums below which two of each are kept, of every other pixel, to have enough independent chains.</summary>
    private const int FewSums = 6;

    /// <summary>Columns of X that the first tile of a row does not have, and those that the last one does not have.</summary>
    public int Left { get; init; }

    public int Right { get; init; }

    /// <summary>All channels, where they do not fill a vector; 0 where they do.</summary>
    public int Lanes { get; init; }

    public string Name => $"{this.Form}_{this.Isa.Suffix}";

    /// <summary>The name on all paths.</summary>
    public string Form
    {
        get
        {
            string clip = this.Left + this.Right > 0 ? FormattableString.Invariant($"_Clip{this.Left}_{this.Right}") : "";
            return FormattableString.Invariant($"DepthwiseFilter{this.Pixels}x{this.Rows}x{this.Taps}By{this.Stride}{(this.Dilation > 1 ? "_d" + Literal.Of(this.Dilation) : "")}{clip}{(this.Lanes > 0 ? "_Lanes" + Literal.Of(this.Lanes) : "")}");
        }
    }

    private bool Clips => this.Left + this.Right > 0;

    private int Sets => this.Rows * this.Taps < FewSums && this.Pixels > 1 ? 2 : 1;

    /// <summary>The call: references to X at the first row and column, dY, and the first element of dW; then sizes.</summary>
    /// <param name="references">C# of x, dy and dw.</param>
    /// <param name="sizes">
    /// C# of: channels of a pixel, floats from row to row of dW, tiles, rows of dY, floats from row to row of dY, and of X; the row of X that the first row of the filter
    /// meets first, rows of X from row to row of dY, and of the filter, rows of X.
    /// </param>
    /// <param name="isFirst">Whether the first tile is the row's first.</param>
    /// <param name="isLast">Whether the last tile is the row's last.</param>
    public string Call(IEnumerable<string> references, IEnumerable<string> sizes, bool isFirst, bool isLast) =>
        $"{this.Name}({string.Join(", ", references.Select(r => "ref " + r).Concat(sizes).Concat(this.Clips ? [isFirst ? "true" : "false", isLast ? "true" : "false"] : Array.Empty<string>()))})";

    public void Emit(CodeWriter code, EmitOptions options)
    {
        code.Line();
        options.Optimize(code);
        using (code.Braces($"private static void {this.Name}(ref float x, ref float dy, ref float dw, nint c, nint pitchW, nint tiles, nint rows, nint pitchY, nint pitchX, nint first, nint stride, nint dilation, nint height{(this.Clips ? ", bool left, bool right" : "")})"))
        {
            for (int r = 0; r < this.Rows; r++)
            {
                Walk filter = new(code, r == 0 ? "dw" : $"Unsafe.Add(ref dw, {(r == 1 ? "" : $"{r} * ")}pitchW)", $"from{r}", "c");
                for (int t = 0; t < this.Taps; t++)
                {
                    code.Line($"{this.Isa.Type} {string.Join(", ", Enumerable.Range(0, this.Sets).Select(s => $"{Sum(r, t, s)} = {(s == 0 ? this.Load(filter.At(t)) : "default")}"))};");
                }
            }

            this.EmitRow(code);
            using (code.Braces("for (nint row = 0; row < rows; row++)"))
            {
                code.Line("nint high = first + (row * stride);");
                for (int r = 0; r < this.Rows; r++)
                {
                    code.Line($"bool has{r} = (nuint)({Row(r, "high", "dilation")}) < (nuint)height;");
                }

                code.Line("ref float xRow = ref Unsafe.Add(ref x, high * pitchX);");
                code.Line("ref float yRow = ref Unsafe.Add(ref dy, row * pitchY);");
                using (code.Braces("for (nint tile = 0; tile < tiles; tile++)"))
                {
                    this.EmitTile(code);
                }
            }

            for (int r = 0; r < this.Rows; r++)
            {
                Walk filter = new(code, r == 0 ? "dw" : $"Unsafe.Add(ref dw, {(r == 1 ? "" : $"{r} * ")}pitchW)", $"to{r}", "c");
                for (int t = 0; t < this.Taps; t++)
                {
                    (string Reference, string Offset) to = filter.At(t);
                    string sum = string.Join(" + ", Enumerable.Range(0, this.Sets).Select(s => Sum(r, t, s)));
                    code.Line(TileLoads.Store(this.Isa, this.Lanes, sum, to));
                }
            }
        }
    }

    private void EmitTile(CodeWriter code)
    {
        if (this.Clips)
        {
            code.Line("bool isInner = !left || tile > 0, isBefore = !right || tile < tiles - 1;");
        }

        Walk pixels = new(code, "yRow", "pixel", "c");
        for (int p = 0; p < this.Pixels; p++)
        {
            code.Line($"var d{p} = {this.Load(pixels.At(p))};");
        }

        for (int r = 0; r < this.Rows; r++)
        {
            int row = r;
            IEnumerable<string> sums = this.Sums.Select(s => "ref " + Sum(row, s.Tap, s.Set)), pixelsOfRow = Enumerable.Range(0, this.Pixels).Select(p => "d" + Literal.Of(p));
            string from = r == 0 ? "xRow" : $"Unsafe.Add(ref xRow, {Times(r, "dilation * pitchX")})";
            using (code.Braces($"if (has{r})"))
            {
                code.Line($"AddRow({string.Join(", ", sums.Concat(pixelsOfRow))}, ref {from}, c{(this.Clips ? ", isInner, isBefore" : "")});");
            }
        }

        code.Line($"xRow = ref Unsafe.Add(ref xRow, {this.Pixels * this.Stride} * c);");
        code.Line($"yRow = ref Unsafe.Add(ref yRow, {this.Pixels} * c);");
    }

    /// <summary>The sums of a row of the filter: the taps, each once or twice.</summary>
    private IEnumerable<(int Tap, int Set)> Sums => Enumerable.Range(0, this.Taps).SelectMany(t => Enumerable.Range(0, this.Sets).Select(s => (t, s)));

    /// <summary>The function that adds to the sums of one row of the filter what some pixels give.</summary>
    private void EmitRow(CodeWriter code)
    {
        IEnumerable<string> sums = this.Sums.Select(s => $"ref {this.Isa.Type} {Sum("s", s.Tap, s.Set)}"), pixels = Enumerable.Range(0, this.Pixels).Select(p => $"{this.Isa.Type} d{p}");
        code.Line("[MethodImpl(AggressiveInlining)]");
        using (code.Braces($"static void AddRow({string.Join(", ", sums.Concat(pixels))}, ref float x, nint c{(this.Clips ? ", bool isInner, bool isBefore" : "")})"))
        {
            IReadOnlyList<(int Column, int Pixel, int Tap)> pairs = new WindowAxis(0, 0, this.Taps, this.Stride, this.Dilation, 0).Pairs(0, this.Pixels);
            int last = pairs[pairs.Count - 1].Column;
            Walk columns = new(code, "x", "at", "c");
            foreach (IGrouping<int, (int Column, int Pixel, int Tap)> column in pairs.GroupBy(p => p.Column))
            {
                (string, string) place = columns.At(column.Key);
                using (TileLoads.Inside(code, column.Key < this.Left, column.Key > last - this.Right))
                {
                    string name = "x" + Literal.Of(column.Key);
                    code.Line($"var {name} = {this.Load(place)};");
                    foreach ((_, int pixel, int tap) in column)
                    {
                        string sum = Sum("s", tap, pixel % this.Sets);
                        code.Line($"{sum} = {this.Isa.MultiplyAdd}({name}, d{pixel}, {sum});");
                    }
                }
            }
        }
    }

    private static string Sum(string row, int tap, int set) => FormattableString.Invariant($"{row}{tap}{(set > 0 ? "b" : "")}");

    private static string Sum(int row, int tap, int set) => FormattableString.Invariant($"s{row}_{tap}{(set > 0 ? "b" : "")}");

    private static string Row(int row, string first, string step) => row == 0 ? first : $"{first} + {Times(row, step)}";

    private static string Times(int count, string step) => count == 1 ? step : $"({count} * {step})";

    private string Load((string Reference, string Offset) place) => TileLoads.Load(this.Isa, this.Lanes, place);
}
