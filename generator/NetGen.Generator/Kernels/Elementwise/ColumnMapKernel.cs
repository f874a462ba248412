namespace NetGen.Generator;

/// <summary>How an array lies beside the rows of a map.</summary>
internal enum ColumnKind
{
    /// <summary>A row of it for each row.</summary>
    Matrix,

    /// <summary>One row for all.</summary>
    Row,

    /// <summary>A number for each row.</summary>
    Column,

    /// <summary>One number.</summary>
    Scalar,
}

/// <summary>An array that a map of columns reads.</summary>
/// <param name="Kind">How it lies.</param>
/// <param name="Width">How many times as wide as the map it is.</param>
internal sealed record ColumnArray(ColumnKind Kind, int Width);

/// <summary>Columns of an array, as wide as the map.</summary>
/// <param name="Array">Which array.</param>
/// <param name="Offset">Where they begin, in widths of the map.</param>
internal sealed record ColumnPlace(int Array, int Offset);

/// <summary>
/// Y_k[row, i] = f_k(X_0[row, i], ...), where operands and results are columns of matrices: a recurrent cell behind its product, or its gradient before one. Row by row, so that
/// threads share rows.
/// </summary>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns of the map.</param>
/// <param name="Arrays">What is read.</param>
/// <param name="Inputs">The columns that each input of the expressions is.</param>
/// <param name="OutputWidths">The arrays that are written, by how many times as wide as the map they are.</param>
/// <param name="Outputs">The columns that each result goes to.</param>
/// <param name="Body">An expression a result.</param>
internal sealed record ColumnMapKernel(
    Dim Rows, int Columns, EquatableArray<ColumnArray> Arrays, EquatableArray<ColumnPlace> Inputs, EquatableArray<int> OutputWidths, EquatableArray<ColumnPlace> Outputs, EquatableArray<Expr> Body) : Kernel
{
    public override string Name => $"{this.Loop.Name}_{this.Columns}";

    public override string Summary =>
        $"{this.Body.Count} results ({this.Rows},{this.Columns}) of columns of {string.Join(", ", this.Arrays.Select((a, i) => $"x{i} {Text(a)}"))}: {this.Formula}; row by row, so that nothing is cut out or put together by copies.";

    public override IReadOnlyList<KernelOperand> Operands =>
    [
        .. this.Arrays.Select((a, i) => new KernelOperand("x" + Literal.Of(i), a.Kind is ColumnKind.Matrix or ColumnKind.Column ? Access.ReadOwn : Access.ReadAll)),
        .. this.OutputWidths.Select((_, i) => new KernelOperand("y" + Literal.Of(i), Access.WriteOwn)),
    ];

    public override IReadOnlyList<string> Sizes => [];

    public override Dim? Units => this.Rows;

    public override Dim Work => this.Rows * this.Columns * this.Body.Count;

    private ColumnMapLoop Loop => new(this with { Rows = 1, Columns = 1 });

    public override IEnumerable<ITile> Shared => [this.Loop, DistanceInterface.Instance, new DistanceType(this.Columns)];

    /// <summary>The expressions, with the places' names.</summary>
    internal string Formula => string.Join("; ", this.Body.Select((b, k) => $"{Place("y", this.Outputs[k])} = {b.Text(i => Place("x", this.Inputs[i]))}"));

    /// <summary>The kernel that writes some of the arrays only, and the operands that it has of this one's.</summary>
    public (ColumnMapKernel Kernel, IReadOnlyList<int> Operands) Only(IReadOnlyCollection<int> outputs)
    {
        int[] results = [.. Enumerable.Range(0, this.Body.Count).Where(k => outputs.Contains(this.Outputs[k].Array))];
        int[] inputs = [.. results.SelectMany(k => this.Body[k].Subexpressions()).OfType<InputExpr>().Select(e => e.Index).Distinct().OrderBy(i => i)];
        int[] arrays = [.. inputs.Select(i => this.Inputs[i].Array).Distinct().OrderBy(i => i)], written = [.. outputs.OrderBy(o => o)];
        ColumnMapKernel kernel = new(
            this.Rows,
            this.Columns,
            arrays.Select(a => this.Arrays[a]).ToEquatableArray(),
            inputs.Select(i => this.Inputs[i] with { Array = Array.IndexOf(arrays, this.Inputs[i].Array) }).ToEquatableArray(),
            written.Select(o => this.OutputWidths[o]).ToEquatableArray(),
            results.Select(k => this.Outputs[k] with { Array = Array.IndexOf(written, this.Outputs[k].Array) }).ToEquatableArray(),
            results.Select(k => this.Body[k].Replace(i => Expr.In(Array.IndexOf(inputs, i)))).ToEquatableArray());
        return (kernel, [.. arrays, .. written.Select(o => this.Arrays.Count + o)]);
    }

    /// <summary>Steps call the loop itself.</summary>
    public override string Call(IReadOnlyList<string> references, IReadOnlyList<string> range) =>
        $"{this.Loop.Name}<{new DistanceType(this.Columns).Name}>({string.Join(", ", references.Concat(range))})";

    public override void Emit(CodeWriter code, EmitOptions options)
    {
    }

    private static string Text(ColumnArray array) => array.Kind switch
    {
        ColumnKind.Matrix => array.Width == 1 ? "rows" : $"rows of {array.Width}",
        ColumnKind.Row => "one row",
        ColumnKind.Column => "a number a row",
        _ => "one number",
    };

    private static string Place(string name, ColumnPlace place) => $"{name}{place.Array}{(place.Offset == 0 ? "" : $"[{place.Offset}]")}";
}

/// <summary>The loops of maps of columns that differ in sizes only: how many columns there are is a type, and with it the places are constants.</summary>
/// <param name="Map">The map of one column.</param>
internal sealed record ColumnMapLoop(ColumnMapKernel Map) : ITile
{
    private const string Units = TypeArguments.Distance + ".Floats";

    public string Name => "Columns_" + EpilogueNames.Of(
        this.Map.Body,
        [.. this.Map.Arrays.Select(a => a.ToString()), .. this.Map.Inputs.Select(i => i.ToString()), .. this.Map.OutputWidths.Select(w => Literal.Of(w)), .. this.Map.Outputs.Select(o => o.ToString())]);

    public void Emit(CodeWriter code, EmitOptions options)
    {
        ColumnMapKernel map = this.Map;
        code.Line();
        code.Line($"/// <summary>Row by row {Kernel.Xml(map.Formula)}, of columns that many floats wide.</summary>");
        options.Optimize(code);
        using (code.Braces($"internal static void {this.Name}<{TypeArguments.Distance}>({string.Join(", ", map.Operands.Select(o => "ref float " + o.Name))}, nint start, nint end) where {TypeArguments.Distance} : struct, {DistanceInterface.Instance.Name}"))
        {
            this.Advance(code, "start");
            using (code.Braces("for (nint row = start; row < end; row++)"))
            {
                code.Line("nint i = 0;");
                for (int p = 0; p < Isa.All.Length; p++)
                {
                    using (code.Braces(TileSet.Head(p, Isa.All.Length, Isa.All[p])))
                    {
                        this.EmitRow(code, Isa.All[p]);
                    }
                }

                this.Advance(code, "1");
            }
        }
    }

    /// <summary>Moves the references on by some rows.</summary>
    private void Advance(CodeWriter code, string rows)
    {
        for (int a = 0; a < this.Map.Arrays.Count; a++)
        {
            ColumnArray array = this.Map.Arrays[a];
            if (array.Kind is ColumnKind.Matrix or ColumnKind.Column)
            {
                Move("x" + Literal.Of(a), array.Kind == ColumnKind.Column ? "1" : Columns(array.Width));
            }
        }

        for (int o = 0; o < this.Map.OutputWidths.Count; o++)
        {
            Move("y" + Literal.Of(o), Columns(this.Map.OutputWidths[o]));
        }

        void Move(string name, string step) => code.Line($"{name} = ref {name}.At({(rows == "1" ? step : step == "1" ? rows : $"{rows} * {step}")});");
    }

    private void EmitRow(CodeWriter code, Isa isa)
    {
        for (int k = 0; k < this.Map.Inputs.Count; k++)
        {
            ColumnPlace place = this.Map.Inputs[k];
            if (this.Map.Arrays[place.Array].Kind is ColumnKind.Column or ColumnKind.Scalar)
            {
                code.Line($"var v{k} = {isa.Create("x" + Literal.Of(place.Array))};");
            }
        }

        using (code.Braces($"for (; i + {isa.Width} <= {Units}; i += {isa.Width})"))
        {
            this.EmitVector(code, isa, null);
        }

        using (code.Braces($"if (i < {Units})"))
        {
            code.Line($"int count = (int)({Units} - i);");
            this.EmitVector(code, isa, "count");
        }
    }

    private void EmitVector(CodeWriter code, Isa isa, string? count)
    {
        string prefix = count is null ? "t" : "u";
        for (int k = 0; k < this.Map.Inputs.Count; k++)
        {
            ColumnPlace place = this.Map.Inputs[k];
            if (this.Map.Arrays[place.Array].Kind is ColumnKind.Matrix or ColumnKind.Row)
            {
                string array = "x" + Literal.Of(place.Array);
                code.Line($"var {prefix}x{k} = {(count is null ? isa.Load(array, At(place)) : isa.LoadTail($"{array}.At({At(place)})", count))};");
            }
        }

        string Input(int k) => (this.Map.Arrays[this.Map.Inputs[k].Array].Kind is ColumnKind.Matrix or ColumnKind.Row ? prefix + "x" : "v") + Literal.Of(k);
        string[] results = ExprEmitter.Emit(code, isa, this.Map.Body, Input, null, prefix);
        for (int k = 0; k < results.Length; k++)
        {
            string array = "y" + Literal.Of(this.Map.Outputs[k].Array), at = At(this.Map.Outputs[k]);
            code.Line(count is null ? isa.Store(results[k], array, at) : isa.StoreTail(results[k], $"{array}.At({at})", count));
        }
    }

    private static string At(ColumnPlace place) => place.Offset == 0 ? "i" : $"i + {(place.Offset == 1 ? Units : $"({Columns(place.Offset)})")}";

    private static string Columns(int count) => count == 1 ? Units : $"{Literal.Of(count)} * {Units}";
}
