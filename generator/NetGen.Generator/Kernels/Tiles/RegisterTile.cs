namespace NetGen.Generator;

/// <summary>How the rows of A that belong to a tile's rows lie to each other.</summary>
internal enum TileForm
{
    /// <summary>A distance apart that is given at run time, so that one tile serves all inner sizes.</summary>
    Strided,

    /// <summary>Side by side: A is read transposed, and it is the inner steps that lie a given distance apart.</summary>
    Adjacent,

    /// <summary>At constant places, which fold into the instructions: for tiles too tall to hold a reference for each row.</summary>
    Placed,
}

/// <summary>
/// The innermost part of every product: C (rows by vectors, in registers) = sum over k of a column of A times a row of B, then the epilogue. Equal tiles
/// of different kernels are one method, which is what keeps the code of a large network small: sizes and distances are arguments.
/// </summary>
/// <param name="Isa">The code path.</param>
/// <param name="Rows">Rows of Y.</param>
/// <param name="Lanes">Valid columns of Y; those of the last vector may be fewer than it has lanes.</param>
internal sealed record RegisterTile(Isa Isa, int Rows, int Lanes) : ITile
{
    /// <summary>Sums that are declared in one line.</summary>
    private const int SumsOfLine = 8;

    /// <summary>What stands for every epilogue in a tile that is open: the type argument says what it computes and from what.</summary>
    private static readonly Epilogue Any = new(0, EquatableArray<EpilogueOperand>.Empty);

    public TileForm Form { get; init; } = TileForm.Strided;

    /// <summary>Where each row of A begins, in floats from the first, if they are placed.</summary>
    public EquatableArray<int> Places { get; init; } = EquatableArray<int>.Empty;

    /// <summary>Loops around the one over k, outermost last, each with a count and what A moves on by: the taps of a filter, the rows of a map.</summary>
    public int Loops { get; init; }

    /// <summary>Whether the sum goes on from what is in Y.</summary>
    public bool Accumulates { get; init; }

    /// <summary>Panels side by side, <see cref="PanelLayout.Width"/> columns of each: with one row only more columns give enough independent chains.</summary>
    public int Panels { get; init; } = 1;

    /// <summary>Rows of B run on into what lies behind their last column: those lanes must stay zero.</summary>
    public bool MasksB { get; init; }

    /// <summary>The last vector is stored whole, because Y is a panel whose pad lanes are zero in B too.</summary>
    public bool StoresWhole { get; init; }

    public Epilogue Epilogue { get; init; } = Epilogue.None;

    /// <summary>Whether distance and epilogue are type parameters: the tile as it is emitted, once for all of them.</summary>
    public bool IsOpen { get; init; }

    private bool HasDistance => this.Form == TileForm.Placed && this.Rows > 1 && Enumerable.Range(0, this.Rows).All(i => this.Places[i] == i * this.Places[1]);

    /// <summary>The method that the tile is, with type parameters for what the JIT makes constant.</summary>
    public RegisterTile Open => this with
    {
        IsOpen = true,
        Places = this.HasDistance ? Enumerable.Range(0, this.Rows).ToEquatableArray() : this.Places,
        Epilogue = this.Epilogue == Epilogue.None ? Epilogue.None : Any,
    };

    /// <summary>The type parameters of the method.</summary>
    public IReadOnlyList<string> TypeParameters =>
        [.. this.HasDistance ? [TypeArguments.Distance] : Array.Empty<string>(), .. this.Epilogue == Epilogue.None ? Array.Empty<string>() : [TypeArguments.Epilogue]];

    /// <summary>What stands in for them.</summary>
    public IReadOnlyList<string> Types => this.IsOpen ? this.TypeParameters :
        [.. this.HasDistance ? [new DistanceType(this.Places[1]).Name] : Array.Empty<string>(), .. this.Epilogue == Epilogue.None ? Array.Empty<string>() : [new EpilogueType(this.Epilogue).Name]];

    /// <summary>What must be emitted for the tile to be called.</summary>
    public IEnumerable<ITile> Shared
    {
        get
        {
            yield return this.Open;
            if (this.HasDistance)
            {
                yield return DistanceInterface.Instance;
                yield return new DistanceType(this.Places[1]);
            }

            if (this.Epilogue != Epilogue.None)
            {
                yield return EpilogueInterface.Instance;
                yield return new EpilogueType(this.Epilogue);
            }
        }
    }

    private int Vectors => (this.Lanes + this.Isa.Width - 1) / this.Isa.Width;

    public string Name => FormattableString.Invariant($"Tile{this.Rows}x{this.Lanes}{this.Variant}_{this.Isa.Suffix}");

    /// <summary>What tells tiles of one size apart.</summary>
    public string Variant
    {
        get
        {
            string form = this.Form switch { TileForm.Adjacent => "_TransA", TileForm.Placed => this.HasDistance || this.Rows == 1 ? "_Placed" : "_At_" + string.Join("_", this.Places.Select(p => Literal.Of(p))), _ => "" };
            string epilogue = this.Epilogue == Epilogue.None ? "" : "_Epilogue";
            string details = (this.Loops > 0 ? "_Loops" + Literal.Of(this.Loops) : "") + (this.Accumulates ? "_Add" : "") + (this.MasksB ? "_Masked" : "") + (this.StoresWhole ? "_Whole" : "");
            return form + details + epilogue;
        }
    }

    /// <summary>The call of the tile.</summary>
    /// <param name="call">The arguments' C#.</param>
    public string Call(TileCall call)
    {
        List<string> arguments = ["ref " + call.A, "ref " + call.B, "ref " + call.Y, .. this.SizesOf(call), .. this.Epilogue == Epilogue.None ? Array.Empty<string>() : ["epilogue"]];
        return $"{this.Name}{TypeArguments.List(this.Types)}({string.Join(", ", arguments)})";
    }

    /// <summary>Writes the method.</summary>
    public void Emit(CodeWriter code, EmitOptions options)
    {
        IEnumerable<string> epilogue = this.Epilogue == Epilogue.None ? [] : [TypeArguments.EpilogueParameter];
        IEnumerable<string> sizes = this.SizesOf(new TileCall("", "", "") { Loops = [.. Enumerable.Range(0, this.Loops).Select(i => ("count" + Literal.Of(i), "jump" + Literal.Of(i)))] });
        code.Line();
        options.Optimize(code);
        using (code.Braces($"private static void {this.Name}{TypeArguments.List(this.Types)}(ref float a, ref float b, ref float y, {string.Join(", ", sizes.Select(s => "nint " + s).Concat(epilogue))}){TypeArguments.Constraints(this.Types)}"))
        {
            this.EmitAccumulation(code);
            this.EmitStores(code);
        }
    }

    /// <summary>The sizes that this tile takes of what a kernel knows, in the order of its parameters.</summary>
    private List<string> SizesOf(TileCall call)
    {
        List<string> sizes = [call.K];
        if (this.Form == TileForm.Strided && this.Rows > 1)
        {
            sizes.Add(call.StrideA);
        }

        if (this.Form == TileForm.Adjacent)
        {
            sizes.Add(call.StepA);
        }

        sizes.Add(call.StepB);
        if (this.Panels > 1)
        {
            sizes.AddRange([call.PanelB, call.PanelY]);
        }

        if (this.Rows > 1)
        {
            sizes.Add(call.StrideY);
        }

        if (this.Epilogue != Epilogue.None)
        {
            sizes.AddRange([call.Place, call.Column, .. this.Rows > 1 ? [call.StrideE] : Array.Empty<string>()]);
        }

        foreach ((string count, string jump) in call.Loops.Take(this.Loops))
        {
            sizes.AddRange([count, jump]);
        }

        return sizes;
    }

    private void EmitAccumulation(CodeWriter code)
    {
        bool strided = this.Form == TileForm.Strided;
        for (int i = 1; strided && i < this.Rows; i++)
        {
            code.Line($"ref float a{i} = ref Unsafe.Add(ref a, {Times(i, "strideA")});");
        }

        for (int p = 1; p < this.Panels; p++)
        {
            code.Line($"ref float b{p} = ref Unsafe.Add(ref b, {Times(p, "panelB")});");
        }

        int rowsOfLine = this.Accumulates ? 1 : Math.Max(1, SumsOfLine / this.Vectors);
        for (int i = 0; i < this.Rows; i += rowsOfLine)
        {
            IEnumerable<string> sums = from row in Enumerable.Range(i, Math.Min(rowsOfLine, this.Rows - i))
                                       from j in Enumerable.Range(0, this.Vectors)
                                       select $"c{row}_{j} = {(this.Accumulates ? this.LoadY(row, j) : "default")}";
            code.Line($"{this.Isa.Type} {string.Join(", ", sums)};");
        }

        int last = this.Lanes - ((this.Vectors - 1) * this.Isa.Width);
        bool masked = this.MasksB && last < this.Isa.Width;
        if (masked)
        {
            code.Line($"var mask = LaneMask.First{this.Isa.Suffix}({last});");
        }

        Stack<CodeWriter.Block> loops = new();
        for (int loop = this.Loops - 1; loop >= 0; loop--)
        {
            loops.Push(code.Braces($"for (nint loop{loop} = 0; loop{loop} < count{loop}; loop{loop}++)"));
        }

        using (code.Braces("for (nint i = 0; i < k; i++)"))
        {
            int perPanel = this.Vectors / this.Panels;
            for (int j = 0; j < this.Vectors; j++)
            {
                string panel = j / perPanel == 0 ? "b" : "b" + Literal.Of(j / perPanel);
                code.Line($"var w{j} = {this.Isa.Load(panel, Literal.Of(j % perPanel * this.Isa.Width))}{(masked && j == this.Vectors - 1 ? " & mask" : "")};");
            }

            for (int i = 0; i < this.Rows; i++)
            {
                string element = this.Form switch
                {
                    TileForm.Adjacent => i == 0 ? "a" : $"Unsafe.Add(ref a, {i})",
                    TileForm.Placed when i > 0 && this.HasDistance => $"Unsafe.Add(ref a, i + {(i == 1 ? "" : $"({i} * ")}{TypeArguments.Distance}.Floats{(i == 1 ? "" : ")")})",
                    TileForm.Placed => this.Places[i] == 0 ? "Unsafe.Add(ref a, i)" : $"Unsafe.Add(ref a, i + {this.Places[i]})",
                    _ => $"Unsafe.Add(ref a{(i == 0 ? "" : Literal.Of(i))}, i)",
                };
                code.Line($"var x{i} = {this.Isa.Create(element)};");
                for (int j = 0; j < this.Vectors; j++)
                {
                    code.Line($"c{i}_{j} = {this.Isa.MultiplyAdd}(x{i}, w{j}, c{i}_{j});");
                }
            }

            if (this.Form == TileForm.Adjacent)
            {
                code.Line("a = ref Unsafe.Add(ref a, stepA);");
            }

            for (int p = 0; p < this.Panels; p++)
            {
                string panel = p == 0 ? "b" : "b" + Literal.Of(p);
                code.Line($"{panel} = ref Unsafe.Add(ref {panel}, stepB);");
            }
        }

        for (int loop = 0; loop < this.Loops; loop++)
        {
            for (int i = 0; i < (strided ? this.Rows : 1); i++)
            {
                string row = i == 0 ? "a" : "a" + Literal.Of(i);
                code.Line($"{row} = ref Unsafe.Add(ref {row}, jump{loop});");
            }

            loops.Pop().Dispose();
        }
    }

    /// <summary>Finishes the accumulators and stores them.</summary>
    private void EmitStores(CodeWriter code)
    {
        for (int i = 0; i < this.Rows; i++)
        {
            for (int j = 0; j < this.Vectors; j++)
            {
                string product = $"c{i}_{j}";
                string result = this.Epilogue == Epilogue.None ? product
                    : $"epilogue.Of({product}, {Plus("place", this.At(i, j, "strideE", null))}, {Plus("column", Literal.Of(j * this.Isa.Width))})";
                int lanes = this.LanesOf(j);
                string place = this.At(i, j, "strideY", "panelY");
                code.Line(lanes == this.Isa.Width ? this.Isa.Store(result, "y", place) : this.Isa.StoreTail(result, $"Unsafe.Add(ref y, {place})", Literal.Of(lanes)));
            }
        }
    }

    private string LoadY(int row, int vector)
    {
        string place = this.At(row, vector, "strideY", "panelY");
        int lanes = this.LanesOf(vector);
        return lanes == this.Isa.Width ? this.Isa.Load("y", place) : this.Isa.LoadTail($"Unsafe.Add(ref y, {place})", Literal.Of(lanes));
    }

    /// <summary>Lanes of a vector of Y that are loaded and stored.</summary>
    private int LanesOf(int vector) => this.StoresWhole ? this.Isa.Width : Math.Min(this.Isa.Width, this.Lanes - (vector * this.Isa.Width));

    /// <summary>Where a vector of a row lies; between panels, if they are any distance apart.</summary>
    private string At(int row, int vector, string stride, string? panel)
    {
        int perPanel = this.Vectors / this.Panels;
        bool apart = panel is not null && this.Panels > 1;
        List<string> terms = [];
        if (row > 0)
        {
            terms.Add(Times(row, stride));
        }

        if (apart && vector / perPanel > 0)
        {
            terms.Add(Times(vector / perPanel, panel!));
        }

        int offset = (apart ? vector % perPanel : vector) * this.Isa.Width;
        if (offset > 0 || terms.Count == 0)
        {
            terms.Add(Literal.Of(offset));
        }

        return terms.Count == 1 ? terms[0] : string.Join(" + ", terms.Select(t => t.Contains(' ') ? $"({t})" : t));
    }

    private static string Plus(string origin, string offset) => offset == "0" ? origin : $"{origin} + {(offset.Contains('*') && !offset.Contains('(') ? $"({offset})" : offset)}";

    private static string Times(int count, string stride) => count == 1 ? stride : $"{Literal.Of(count)} * {stride}";
}

/// <summary>What a kernel passes to its tiles: C# for each reference and size. A tile takes what its form needs.</summary>
/// <param name="A">The first row's first element of A.</param>
/// <param name="B">The first row of B at the first column.</param>
/// <param name="Y">The first element of Y.</param>
internal sealed record TileCall(string A, string B, string Y)
{
    /// <summary>Where the first element of Y lies in an operand of Y's shape.</summary>
    public string Place { get; init; } = "place";

    /// <summary>The column of the first element of Y.</summary>
    public string Column { get; init; } = "column";

    /// <summary>Inner steps.</summary>
    public string K { get; init; } = "k";

    /// <summary>Floats from row to row of A.</summary>
    public string StrideA { get; init; } = "strideA";

    /// <summary>Floats of A from one inner step to the next, where its rows lie side by side.</summary>
    public string StepA { get; init; } = "stepA";

    /// <summary>Floats of B from one inner step to the next.</summary>
    public string StepB { get; init; } = "stepB";

    /// <summary>Floats from panel to panel of B, and of Y, where a tile takes several.</summary>
    public string PanelB { get; init; } = "panelB";

    public string PanelY { get; init; } = "panelY";

    /// <summary>Floats from row to row of Y.</summary>
    public string StrideY { get; init; } = "strideY";

    /// <summary>Floats from row to row of an operand of Y's shape.</summary>
    public string StrideE { get; init; } = "strideE";

    /// <summary>For each loop around the one over k, the innermost first: how often, and the floats that A moves on by after each.</summary>
    public IReadOnlyList<(string Count, string Jump)> Loops { get; init; } = [];
}
