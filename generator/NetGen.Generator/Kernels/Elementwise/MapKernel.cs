namespace NetGen.Generator;

/// <summary>
/// Y[i] = f(X0[i], ...) with broadcasting: loops over the merged dimensions around one vector loop. Where all operands are dense it is one flat loop.
/// Units are the outermost merged dimension's, or rows of the outermost dimension where all has merged into one.
/// </summary>
/// <param name="Output">The shape of every output.</param>
/// <param name="Inputs">The inputs' shapes, which broadcast to it.</param>
/// <param name="Body">One expression an output. Behind the inputs it may read the outputs before its own.</param>
internal sealed record MapKernel(Shape Output, EquatableArray<Shape> Inputs, EquatableArray<Expr> Body) : Kernel
{
    /// <summary>Random numbers come in blocks of 64, so that no thread's share begins inside one.</summary>
    private const int RandomBlock = 64;

    /// <summary>Floats of the widest vector: loops over a multiple of them leave nothing over.</summary>
    private const int Widest = 16;

    private IterationSpace Space => IterationSpace.Of(this.Output, this.Inputs);

    public bool IsFlat => this.Space.Dims.Count == 1;

    public override bool UsesRandom => this.Body.Any(b => b.Subexpressions().Any(e => e is UniformExpr));

    public override string Name =>
        "Map_" + string.Concat(string.Join("x", this.Output.Dims).Select(c => char.IsLetterOrDigit(c) ? c : '_'))
        + EpilogueNames.Of(this.Body, this.Inputs.Select(i => i.ToString())).Insert(0, "_");

    public override string Summary =>
        $"Y {this.Output} = {this.Formula} of {string.Join(", ", this.Inputs.Select((s, i) => $"x{i} {s}"))}; {this.Way}.";

    /// <summary>The loops, and why they are such.</summary>
    private string Way
    {
        get
        {
            CallExpr? costly = this.Body.SelectMany(b => b.Subexpressions()).OfType<CallExpr>().FirstOrDefault(c => c.Function.IsCostly);
            string loops = this.IsFlat ? "one flat loop, because every operand lies as Y does or is one number" : $"loops over {string.Join(", ", this.Space.Dims)}, because operands are broadcast";
            return loops + (costly is null ? "" : $"; in no epilogue, because {costly.Function.Name} wants the registers");
        }
    }

    public override IReadOnlyList<KernelOperand> Operands =>
    [
        .. this.Inputs.Select((_, i) => new KernelOperand("x" + Literal.Of(i), this.RunsWithUnits(i) ? Access.ReadOwn : Access.ReadAll)),
        .. this.Body.Select((_, i) => new KernelOperand(this.OutputName(i), this.UsesRandom ? Access.WriteScattered : Access.WriteOwn)),
    ];

    public override IReadOnlyList<string> Sizes => SizeNames.Of(this.Output);

    public override Dim? Units
    {
        get
        {
            if (this.UsesRandom)
            {
                return this.IsFlat ? this.Output.Count.Affine(RandomBlock - 1, RandomBlock) : throw new InvalidOperationException("A map that draws random numbers must not broadcast.");
            }

            return !this.IsFlat ? this.Space.Dims[0] : this.IsVector ? this.Output.Count.Constant / Widest : this.Output.Rank > 0 ? this.Output[0] : 1;
        }
    }

    public override Dim Work => this.Output.Count;

    public override IEnumerable<int> GuardsOf(int operand) => operand >= this.Inputs.Count ? [] : this.Body
        .Select(b => b.GuardsOf(operand))
        .OfType<IEnumerable<int>>()
        .Aggregate((IEnumerable<int>?)null, (a, b) => a is null ? b : a.Intersect(b)) ?? [];

    private bool ReadsOutputs => this.Body.SelectMany(b => b.Subexpressions()).OfType<InputExpr>().Any(e => e.Index >= this.Inputs.Count);

    /// <summary>The expressions, with the operands' names.</summary>
    internal string Formula => string.Join("; ", this.Body.Select(b => b.Text(this.NameOf)));

    private string NameOf(int operand) => operand < this.Inputs.Count ? "x" + Literal.Of(operand) : this.OutputName(operand - this.Inputs.Count);

    /// <summary>One number a channel: whole vectors of them are the units.</summary>
    private bool IsVector => this.IsFlat && !this.UsesRandom && this.Output.Count is { IsConstant: true } count && count.Constant % Widest == 0;

    /// <summary>Elements of a unit of a flat map.</summary>
    private Dim PerUnit => this.IsVector ? Widest : this.Output.Rank == 0 ? 1 : this.Output.CountOf(1, this.Output.Rank);

    private string OutputName(int i) => this.Body.Count == 1 ? "y" : "y" + Literal.Of(i);

    /// <summary>An operand that advances with the outermost loop belongs to its units; one that is broadcast along it is read by all.</summary>
    private bool RunsWithUnits(int input) => this.Space.Strides[input][0] != 0 && !this.UsesRandom;

    /// <summary>
    /// The loops with symbols for the sizes, which other maps share. The innermost size stays as it is where it leaves something over that is no whole vector, in loops within
    /// loops: how much is left over is then known.
    /// </summary>
    private MapLoop Loop
    {
        get
        {
            IterationSpace space = this.Space;
            int last = space.Dims.Count - 1;
            Dim[] dims = [.. space.Dims.Select((d, i) =>
                i < last ? Dim.Of(new NamedSymbol("size" + Literal.Of(i)))
                : !this.IsFlat ? (d.Scale % Widest == 0 ? Dim.Of(new NamedSymbol("vectors")) * Widest : d)
                : !this.UsesRandom && this.PerUnit.Scale % Widest == 0 ? Dim.Of(new NamedSymbol("vectors")) * Widest : Dim.Of(new NamedSymbol("count")))];
            return new MapLoop(this with
            {
                Output = Shape.Of(dims),
                Inputs = space.Strides.Select(s => Shape.Of([.. dims.Select((d, i) => s[i] == 0 ? 1 : d)])).ToEquatableArray(),
            });
        }
    }

    public override IEnumerable<ITile> Shared => [this.Loop];

    /// <summary>The sizes of the loops within the outermost one.</summary>
    internal IReadOnlyList<string> LoopSizes => SizeNames.Of(this.Space.Dims.Skip(1));

    /// <summary>Steps call the loops themselves.</summary>
    public override string Call(IReadOnlyList<string> references, IReadOnlyList<string> range)
    {
        MapLoop loop = this.Loop;
        IterationSpace space = this.Space;
        IEnumerable<string> sizes = !this.IsFlat ? [.. range, .. loop.Map.LoopSizes.Select(Argument)]
            : this.UsesRandom ? [Times(range[0], RandomBlock), $"Math.Min({Times(range[1], RandomBlock)}, {Literal.Size(this.Output.Count)})"] : range.Select(r => Times(r, this.PerUnit));
        IEnumerable<string> frame = this.UsesFrame ? ["in frame"] : [];
        return $"{loop.Name}({string.Join(", ", references.Concat(frame).Concat(sizes))})";

        static string Times(string unit, Dim size) => size == 1 || unit == "0" ? unit : $"{unit} * {Literal.Size(size)}";

        string Argument(string name)
        {
            Dim inner = space.Dims[space.Dims.Count - 1];
            int d = Enumerable.Range(0, space.Dims.Count - 1).FirstOrDefault(i => name == "size" + Literal.Of(i));
            return d > 0 ? $"{name}: {Literal.Size(space.Dims[d])}" : name == "vectors" ? $"vectors: {Literal.Size(inner with { Scale = inner.Scale / Widest })}" : name;
        }
    }

    public override void Emit(CodeWriter code, EmitOptions options)
    {
    }

    /// <summary>Writes the loops over the elements [i, stop) of a flat map, else over the units [start, end).</summary>
    internal void EmitLoops(CodeWriter code)
    {
        IterationSpace space = this.Space;
        if (this.IsFlat)
        {
            this.EmitPaths(code, space, "stop");
            return;
        }

        List<CodeWriter.Block> blocks = [];
        List<string> indices = [];
        for (int d = 0; d < space.Dims.Count - 1; d++)
        {
            string index = "i" + Literal.Of(d);
            indices.Add(index);
            blocks.Add(code.Braces(d == 0 ? $"for (nint {index} = start; {index} < end; {index}++)" : $"for (nint {index} = 0; {index} < {Literal.Size(space.Dims[d])}; {index}++)"));
        }

        // The rows of the operands at these indices.
        for (int k = 0; k < this.Inputs.Count; k++)
        {
            code.Line($"ref float r{k} = ref Unsafe.Add(ref x{k}, {OffsetText(space.Strides[k], indices)});");
        }

        Dim[] rowStrides = new Dim[space.Dims.Count];
        Dim stride = 1;
        for (int d = space.Dims.Count - 1; d >= 0; d--)
        {
            rowStrides[d] = stride;
            stride *= space.Dims[d];
        }

        for (int k = 0; k < this.Body.Count; k++)
        {
            code.Line($"ref float s{k} = ref Unsafe.Add(ref {this.OutputName(k)}, {OffsetText(rowStrides.ToEquatableArray(), indices)});");
        }

        code.Line("nint i = 0;");
        this.EmitPaths(code, space, Literal.Size(space.Dims[space.Dims.Count - 1]));
        blocks.Reverse();
        blocks.ForEach(b => b.Dispose());
    }

    private static string OffsetText(EquatableArray<Dim> strides, IReadOnlyList<string> indices)
    {
        List<string> terms = [];
        for (int d = 0; d < indices.Count; d++)
        {
            if (strides[d] == 1)
            {
                terms.Add(indices[d]);
            }
            else if (strides[d] != 0)
            {
                terms.Add($"({indices[d]} * {Literal.Size(strides[d])})");
            }
        }

        return terms.Count == 0 ? "0" : string.Join(" + ", terms);
    }

    private void EmitPaths(CodeWriter code, IterationSpace space, string stop)
    {
        Dim inner = space.Dims[space.Dims.Count - 1];
        int? constant = inner.IsConstant ? checked((int)inner.Constant) : null;
        for (int p = 0; p < Isa.All.Length; p++)
        {
            Isa isa = Isa.All[p];
            using (code.Braces(p == Isa.All.Length - 1 ? "else" : $"{(p > 0 ? "else " : "")}if ({isa.Vector}.IsHardwareAccelerated)"))
            {
                for (int k = 0; k < this.Inputs.Count; k++)
                {
                    if (this.InnerStride(space, k) == 0)
                    {
                        code.Line($"{isa.Type} v{k} = {isa.Create(this.Row(k))};");
                    }
                }

                if (this.UsesRandom)
                {
                    this.EmitRandomBlocks(code, isa, space, stop);
                }

                int? tail = inner.Scale % isa.Width == 0 ? 0 : constant % isa.Width;
                if (constant is null || constant >= isa.Width)
                {
                    using (code.Braces($"for (; i + {isa.Width} <= {stop}; i += {isa.Width})"))
                    {
                        this.EmitBody(code, isa, space, null);
                    }
                }

                if (tail is null)
                {
                    using (code.Braces($"if (i < {stop})"))
                    {
                        code.Line($"int count = (int)({stop} - i);");
                        this.EmitBody(code, isa, space, "count");
                    }
                }
                else if (tail > 0)
                {
                    this.EmitBody(code, isa, space, Literal.Of(tail.Value));
                }
            }
        }
    }

    private string Row(int k) => this.IsFlat ? "x" + Literal.Of(k) : "r" + Literal.Of(k);

    private Dim InnerStride(IterationSpace space, int k) => space.Strides[k][space.Dims.Count - 1];

    /// <summary>Whole blocks of random numbers: one call draws four vectors, sixteen elements apart, for the cost of one.</summary>
    private void EmitRandomBlocks(CodeWriter code, Isa isa, IterationSpace space, string stop)
    {
        const int Apart = RandomBlock / 4;
        UniformExpr[] streams = [.. this.Body.SelectMany(b => b.Subexpressions()).OfType<UniformExpr>().Distinct()];
        using (code.Braces($"for (; i + {RandomBlock} <= {stop}; i += {RandomBlock})"))
        using (isa.Width < Apart ? code.Braces($"for (nint j = i; j < i + {Apart}; j += {isa.Width})") : code.Braces())
        {
            string start = isa.Width < Apart ? "j" : "i";
            foreach (UniformExpr stream in streams)
            {
                string vectors = string.Join(", ", Enumerable.Range(0, 4).Select(k => $"out {isa.Type} {Drawn(stream)}_{Literal.Of(k)}"));
                code.Line($"Philox.Uniform{isa.Suffix}({Key(stream)}, frame.Step, {start}, {vectors});");
            }

            for (int k = 0; k < 4; k++)
            {
                int vector = k;
                this.EmitBody(code, isa, space, null, k == 0 ? start : $"{start} + {k * Apart}", stream => $"{Drawn(stream)}_{Literal.Of(vector)}", $"t{k}_");
            }
        }
    }

    /// <summary>Seed and stream as the generator of random numbers takes them.</summary>
    private static string Key(UniformExpr draw) => $"{(draw.Seed is { } seed ? Literal.Of(seed) + "ul" : "frame.Seed")}, {Literal.Of(draw.Stream)}u";

    private static string Drawn(UniformExpr draw) => draw.Seed is { } seed ? $"s{Literal.Of(seed)}x{Literal.Of(draw.Stream)}" : "s" + Literal.Of(draw.Stream);

    private void EmitBody(CodeWriter code, Isa isa, IterationSpace space, string? count) =>
        this.EmitBody(code, isa, space, count, "i", stream => $"Philox.Uniform{isa.Suffix}({Key(stream)}, frame.Step, i)", count is null ? "t" : "u");

    private void EmitBody(CodeWriter code, Isa isa, IterationSpace space, string? count, string index, Func<UniformExpr, string> uniform, string prefix)
    {
        string Input(int k) =>
            this.InnerStride(space, k) == 0 ? "v" + Literal.Of(k)
            : count is null ? isa.Load(this.Row(k), index)
            : isa.LoadTail($"Unsafe.Add(ref {this.Row(k)}, {index})", count);
        string[] results = this.ReadsOutputs ? EmitOneByOne() : ExprEmitter.Emit(code, isa, this.Body, Input, uniform, prefix);
        for (int k = 0; k < results.Length; k++)
        {
            string y = this.IsFlat ? this.OutputName(k) : "s" + Literal.Of(k);
            code.Line(count is null ? isa.Store(results[k], y, index) : isa.StoreTail(results[k], $"Unsafe.Add(ref {y}, {index})", count));
        }

        string[] EmitOneByOne()
        {
            List<string> names = [];
            foreach (Expr body in this.Body)
            {
                string name = prefix + "y" + Literal.Of(names.Count);
                string result = ExprEmitter.Emit(code, isa, [body], k => k < this.Inputs.Count ? Input(k) : names[k - this.Inputs.Count], uniform, name + "_")[0];
                code.Line($"{isa.Type} {name} = {result};");
                names.Add(name);
            }

            return [.. names];
        }
    }
}
