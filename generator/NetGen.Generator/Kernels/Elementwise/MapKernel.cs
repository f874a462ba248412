namespace NetGen.Generator;

/// <summary>
/// Y[i] = f(X0[i], ...) with broadcasting: loops over the merged dimensions around one vector loop. Where all operands are dense it is one flat loop.
/// Units are the outermost merged dimension's, or rows of the outermost dimension where all has merged into one.
/// </summary>
/// <param name="Output">The shape of every output.</param>
/// <param name="Inputs">The inputs' shapes, which broadcast to it.</param>
/// <param name="Body">One expression an output.</param>
internal sealed record MapKernel(Shape Output, EquatableArray<Shape> Inputs, EquatableArray<Expr> Body) : Kernel
{
    /// <summary>Random numbers come in blocks of 64, so that no thread's share begins inside one.</summary>
    private const int RandomBlock = 64;

    private IterationSpace Space => IterationSpace.Of(this.Output, this.Inputs);

    private bool IsFlat => this.Space.Dims.Count == 1;

    public override bool UsesRandom => this.Body.Any(b => b.Subexpressions().Any(e => e is UniformExpr));

    public override string Name =>
        "Map_" + string.Concat(string.Join("x", this.Output.Dims).Select(c => char.IsLetterOrDigit(c) ? c : '_'))
        + EpilogueNames.Of(this.Body, this.Inputs.Select(i => i.ToString())).Insert(0, "_");

    public override string Summary =>
        $"Y {this.Output} = {string.Join("; ", this.Body)} of {string.Join(", ", this.Inputs.Select((s, i) => $"x{i} {s}"))}; {(this.IsFlat ? "one flat loop" : $"loops over {string.Join(", ", this.Space.Dims)}")}.";

    public override IReadOnlyList<KernelOperand> Operands =>
    [
        .. this.Inputs.Select((s, i) => new KernelOperand("x" + Literal.Of(i), this.RunsWithUnits(s) ? Access.ReadOwn : Access.ReadAll)),
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

            return this.IsFlat && this.Output.Rank > 0 ? this.Output[0] : this.Space.Dims[0];
        }
    }

    public override Dim Work => this.Output.Count;

    private string OutputName(int i) => this.Body.Count == 1 ? "y" : "y" + Literal.Of(i);

    private bool RunsWithUnits(Shape input) => input.Rank == this.Output.Rank && input.Rank > 0 && input[0] == this.Output[0] && !this.UsesRandom;

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        IterationSpace space = this.Space;
        using (this.Entry(code, optimize: true, options))
        {
            if (this.IsFlat)
            {
                code.Line(this.UsesRandom
                    ? $"(nint i, nint stop) = (start * {RandomBlock}, Math.Min(end * {RandomBlock}, {Literal.Size(this.Output.Count)}));"
                    : this.Output.Rank == 0 ? "(nint i, nint stop) = (start, end);"
                    : $"(nint i, nint stop) = (start * {Literal.Size(this.Output.CountOf(1, this.Output.Rank))}, end * {Literal.Size(this.Output.CountOf(1, this.Output.Rank))});");
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
        int? constant = !this.IsFlat && inner.IsConstant ? checked((int)inner.Constant) : null;
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

                int? tail = constant is { } c ? c % isa.Width : null;
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

    private void EmitBody(CodeWriter code, Isa isa, IterationSpace space, string? count)
    {
        string Input(int k) =>
            this.InnerStride(space, k) == 0 ? "v" + Literal.Of(k)
            : count is null ? isa.Load(this.Row(k), "i")
            : isa.LoadTail($"Unsafe.Add(ref {this.Row(k)}, i)", count);
        string Uniform(int stream) => $"Philox.Uniform{isa.Suffix}(frame.Seed, {stream}u, frame.Step, i)";
        string prefix = count is null ? "t" : "u";
        string[] results = ExprEmitter.Emit(code, isa, this.Body, Input, Uniform, prefix);
        for (int k = 0; k < results.Length; k++)
        {
            string y = this.IsFlat ? this.OutputName(k) : "s" + Literal.Of(k);
            code.Line(count is null ? isa.Store(results[k], y, "i") : isa.StoreTail(results[k], $"Unsafe.Add(ref {y}, i)", count));
        }
    }
}
