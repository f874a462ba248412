namespace NetGen.Generator;

/// <summary>What kernels of pooling share: the sizes by name, and the walk over the windows of a row, the elements of a window and the vectors of its channels.</summary>
/// <param name="Height">Rows of the map; a sequence has its time here.</param>
/// <param name="Width">Columns of the map; 1 for a sequence.</param>
/// <param name="Channels">Numbers of each element.</param>
/// <param name="OutputHeight">Windows along the rows.</param>
/// <param name="OutputWidth">Windows along the columns.</param>
/// <param name="Size">Rows and columns of a window.</param>
/// <param name="Strides">Its steps.</param>
/// <param name="Before">How far it reaches out of the map before it.</param>
/// <param name="HasNoPads">Whether every window lies inside the map.</param>
internal sealed record PoolWindows(
    Dim Height, Dim Width, Dim Channels, Dim OutputHeight, Dim OutputWidth, (int Rows, int Columns) Size, (int Rows, int Columns) Strides, (int Rows, int Columns) Before, bool HasNoPads)
{
    /// <summary>The distances of a window's elements.</summary>
    public (int Rows, int Columns) Dilations { get; init; } = (1, 1);

    /// <summary>Whether what lies outside the map counts in a mean.</summary>
    public bool CountsPads { get; init; }

    /// <summary>Windows of up to this many elements are written out.</summary>
    private const int MostWrittenOut = 9;

    /// <summary>Where windows reach over the border, which takes loops beside what is written out: up to this many.</summary>
    private const int MostWrittenOutTwice = 4;

    /// <summary>The names that an emitted method declares.</summary>
    private static readonly string[] Names = ["H", "W", "C", "OH", "OW"];

    public static PoolWindows Of(PoolGeometry geometry, Shape x, Shape y)
    {
        bool isLine = geometry.Rank == 1;
        (int, int) Both(EquatableArray<int> numbers, int neutral) => isLine ? (numbers[0], neutral) : (numbers[0], numbers[1]);
        return new PoolWindows(
            x[1], isLine ? 1 : x[2], x.Last, y[1], isLine ? 1 : y[2], Both(geometry.Size, 1), Both(geometry.Strides, 1), Both(geometry.Before, 0), geometry.HasNoPads)
        {
            Dilations = Both(geometry.Dilations, 1),
            CountsPads = geometry.CountsPads && !geometry.HasNoPads,
        };
    }

    /// <summary>Whether no element lies in two windows.</summary>
    public bool AreApart => this.Strides.Rows >= this.Reach.Rows + 1 && this.Strides.Columns >= this.Reach.Columns + 1;

    /// <summary>How far a window's last row and column are from its first.</summary>
    public (int Rows, int Columns) Reach => ((this.Size.Rows - 1) * this.Dilations.Rows, (this.Size.Columns - 1) * this.Dilations.Columns);

    /// <summary>A mean's divisor, where it is the same for all windows that are gone through in one way.</summary>
    public string Share(bool isWrittenOut) =>
        isWrittenOut || this.HasNoPads || this.CountsPads ? Literal.Single(1.0 / (this.Size.Rows * this.Size.Columns)) : "1f / (rows * columns)";

    private bool IsDilated => this.Dilations != (1, 1);

    public string Name =>
        string.Concat($"{this.Height}x{this.Width}x{this.Channels}_{this.Size.Rows}x{this.Size.Columns}_by_{this.Strides.Rows}x{this.Strides.Columns}_from_{this.Before.Rows}x{this.Before.Columns}_to_{this.OutputHeight}x{this.OutputWidth}{(this.IsDilated ? $"_dilated_{this.Dilations.Rows}x{this.Dilations.Columns}" : "")}{(this.CountsPads ? "_counted" : "")}"
            .Select(c => char.IsLetterOrDigit(c) ? c : '_'));

    public string Text => $"windows {this.Size.Rows}x{this.Size.Columns}{(this.IsDilated ? $" of elements {this.Dilations.Rows}x{this.Dilations.Columns} from each other" : "")}, {this.Strides.Rows}x{this.Strides.Columns} apart{(this.HasNoPads ? "" : $", from {this.Before.Rows}x{this.Before.Columns} before the map on{(this.CountsPads ? ", where zeros count" : "")}")}";

    /// <summary>How the elements of a window are gone through, and why.</summary>
    public string Way =>
        !this.IsWrittenOut ? $"loops over a window, because its {this.Size.Rows * this.Size.Columns} elements are {(this.HasNoPads ? "many" : "many to stand there twice, as windows reach over the border")}"
        : this.HasNoPads ? "windows written out, because they are small and inside the map"
        : "windows inside the map written out, because they are small, and loops at the border";

    private bool IsWrittenOut => this.Size.Rows * this.Size.Columns <= (this.HasNoPads ? MostWrittenOut : MostWrittenOutTwice);

    public IReadOnlyList<string> Sizes => SizeNames.Of([this.Height, this.Width, this.Channels, this.OutputHeight, this.OutputWidth]);

    public Dim ElementsOfRow => this.OutputWidth * this.Channels * ((long)this.Size.Rows * this.Size.Columns);

    public void DeclareSizes(CodeWriter code)
    {
        Dim[] dims = [this.Height, this.Width, this.Channels, this.OutputHeight, this.OutputWidth];
        for (int i = 0; i < dims.Length; i++)
        {
            code.Line($"{(dims[i].IsConstant ? "const int" : "nint")} {Names[i]} = {Literal.Size(dims[i])};");
        }

        code.Line($"const int KH = {this.Size.Rows}, KW = {this.Size.Columns}, SH = {this.Strides.Rows}, SW = {this.Strides.Columns}, PH = {this.Before.Rows}, PW = {this.Before.Columns}{(this.IsDilated ? $", DH = {this.Dilations.Rows}, DW = {this.Dilations.Columns}" : "")};");
    }

    /// <summary>
    /// The windows of the row <c>oy</c> of a sample: <c>rows</c> and <c>columns</c> are what of each lies inside the map, <c>from</c> is the first element's offset in X,
    /// <c>to</c> the window's in Y.
    /// </summary>
    public void EachWindow(CodeWriter code, Action<bool> body)
    {
        code.Line("nint top = (oy * SH) - PH;");
        if (!this.HasNoPads)
        {
            code.Line(this.IsDilated
                ? "nint firstRow = (Math.Max(0, -top) + DH - 1) / DH, rows = Math.Min(KH, (H - top + DH - 1) / DH) - firstRow;"
                : "nint firstRow = Math.Max(0, -top), rows = Math.Min(KH, H - top) - firstRow;");
        }

        using (code.Braces("for (nint ox = 0; ox < OW; ox++)"))
        {
            code.Line("nint left = (ox * SW) - PW;");
            if (this.HasNoPads)
            {
                code.Line("nint from = ((((sample * H) + top) * W) + left) * C;");
            }
            else
            {
                code.Line(this.IsDilated
                    ? "nint firstColumn = (Math.Max(0, -left) + DW - 1) / DW, columns = Math.Min(KW, (W - left + DW - 1) / DW) - firstColumn;"
                    : "nint firstColumn = Math.Max(0, -left), columns = Math.Min(KW, W - left) - firstColumn;");
                code.Line($"nint from = ((((sample * H) + {this.FirstRow}) * W) + left + {(this.IsDilated ? "(firstColumn * DW)" : "firstColumn")}) * C;");
            }

            code.Line("nint to = ((((sample * OH) + oy) * OW) + ox) * C;");
            bool isWrittenOut = this.IsWrittenOut;
            if (this.HasNoPads || !isWrittenOut)
            {
                if (this.HasNoPads && !isWrittenOut)
                {
                    code.Line("const int rows = KH, columns = KW;");
                }

                body(isWrittenOut);
                return;
            }

            using (code.Braces("if (rows == KH && columns == KW)"))
            {
                body(true);
            }

            using (code.Braces("else"))
            {
                body(false);
            }
        }
    }

    /// <summary>The first row of a window that lies inside the map, as C#.</summary>
    public string FirstRow => this.HasNoPads ? "top" : this.IsDilated ? "top + (firstRow * DH)" : "top + firstRow";

    /// <summary>The elements of a window, in order: the offset from its first, and how many rows of the map lie between, as C#.</summary>
    public void EachElement(CodeWriter code, bool isWrittenOut, Action<string, string> body)
    {
        if (!isWrittenOut)
        {
            using (code.Braces("for (nint row = 0; row < rows; row++)"))
            using (code.Braces("for (nint column = 0; column < columns; column++)"))
            {
                body(this.IsDilated ? "(((row * DH * W) + (column * DW)) * C)" : "(((row * W) + column) * C)", this.IsDilated ? "row * DH" : "row");
            }

            return;
        }

        for (int row = 0; row < this.Size.Rows; row++)
        {
            for (int column = 0; column < this.Size.Columns; column++)
            {
                string offset = this.Width.IsConstant && this.Channels.IsConstant ? Literal.Of(((row * this.Dilations.Rows * this.Width.Constant) + (column * this.Dilations.Columns)) * this.Channels.Constant)
                    : row == 0 && column == 0 ? "0"
                    : $"((({row * this.Dilations.Rows} * W) + {column * this.Dilations.Columns}) * C)";
                body(offset, Literal.Of(row * this.Dilations.Rows));
            }
        }
    }

    /// <summary>The channels in vectors: the body gets how to load and how to store an element at an offset, and the names' ending.</summary>
    public void EachVector(CodeWriter code, Isa isa, Action<Func<string, string, string>, Func<string, string, string, string>> body)
    {
        long? channels = this.Channels.IsConstant ? this.Channels.Constant : null;
        if (channels is null || channels >= isa.Width)
        {
            code.Line("nint c = 0;");
            using (code.Braces($"for (; c + {isa.Width} <= C; c += {isa.Width})"))
            {
                body((array, at) => isa.Load(array, $"{at} + c"), (vector, array, at) => isa.Store(vector, array, $"{at} + c"));
            }

            if (channels % isa.Width == 0)
            {
                return;
            }

            using (channels is null ? code.Braces("if (c < C)") : code.Braces())
            {
                code.Line("int lanes = (int)(C - c);");
                body((array, at) => isa.LoadTail($"Unsafe.Add(ref {array}, {at} + c)", "lanes"), (vector, array, at) => isa.StoreTail(vector, $"Unsafe.Add(ref {array}, {at} + c)", "lanes"));
            }
        }
        else
        {
            body((array, at) => isa.LoadTail($"Unsafe.Add(ref {array}, {at})", "C"), (vector, array, at) => isa.StoreTail(vector, $"Unsafe.Add(ref {array}, {at})", "C"));
        }
    }
}
