namespace NetGen.Generator;

// The register tiles.
internal sealed partial record MatMulKernel
{
    /// <summary>From this many vectors on, the epilogue stands once in a function of the tile.</summary>
    private const int FewVectors = 4;

    /// <summary>The run-time sizes that a tile needs.</summary>
    private IReadOnlyList<string> TileSizes => SizeNames.Of(this.TransposeA || this.PanelsY ? [this.M, this.K] : [this.K]);

    private CodeWriter.Block TileHead(CodeWriter code, EmitOptions options, string name)
    {
        code.Line();
        options.Optimize(code);
        CodeWriter.Block block = code.Braces($"private static void {name}({string.Join(", ", this.Operands.Select(o => "ref float " + o.Name).Concat(this.TileSizes.Select(s => "nint " + s)))})");
        code.Line(this.Constants);
        return block;
    }

    private void EmitTile(CodeWriter code, EmitOptions options, Isa isa, int rows, int width, int valid)
    {
        int vectors = (valid + isa.Width - 1) / isa.Width;
        using (this.TileHead(code, options, this.TileName(isa, rows, width, valid)))
        {
            this.EmitAccumulation(code, isa, rows, vectors, j => Literal.Of(j * isa.Width), this.PanelsB ? Literal.Of(width) : "N", valid);
            this.EmitRowOperands(code, isa, vectors);
            this.EmitStores(code, isa, rows, vectors, valid, (i, j) => Place(i, "N", j * isa.Width), (i, j) => this.PanelsY ? Literal.Of((i * width) + (j * isa.Width)) : Place(i, "N", j * isa.Width));
        }
    }

    /// <summary>One row by several whole panels.</summary>
    private void EmitRow(CodeWriter code, EmitOptions options, Isa isa, int group)
    {
        int perPanel = PanelLayout.Width / isa.Width;
        int vectors = group * perPanel;
        string InPanels(int j, string k) => Place(j / perPanel * PanelLayout.Width, k, j % perPanel * isa.Width);
        using (this.TileHead(code, options, $"{this.Name}_Row{group}_{isa.Suffix}"))
        {
            this.EmitAccumulation(code, isa, 1, vectors, j => this.PanelsB ? InPanels(j, this.KText) : Literal.Of(j * isa.Width), this.PanelsB ? Literal.Of(PanelLayout.Width) : "N", vectors * isa.Width);
            this.EmitRowOperands(code, isa, vectors);
            this.EmitStores(code, isa, 1, vectors, vectors * isa.Width, (_, j) => Literal.Of(j * isa.Width), (_, j) => this.PanelsY ? InPanels(j, this.MText) : Literal.Of(j * isa.Width));
        }
    }

    /// <summary>times * stride + offset, as short as it can be.</summary>
    private static string Place(int times, string stride, int offset) =>
        times == 0 ? Literal.Of(offset)
        : (times == 1 ? stride : $"{times} * {stride}") is var product && offset == 0 ? product
        : FormattableString.Invariant($"({product}) + {offset}");

    private void EmitAccumulation(CodeWriter code, Isa isa, int rows, int vectors, Func<int, string> columnB, string stepB, int valid)
    {
        for (int i = 0; i < rows; i++)
        {
            code.Line($"{isa.Type} {string.Join(", ", Enumerable.Range(0, vectors).Select(j => $"c{i}_{j} = default"))};");
        }

        // Rows of B run on into the next row behind their last column: those lanes must stay out of a gradient's zero lanes.
        int lastLanes = valid - ((vectors - 1) * isa.Width);
        bool masked = !this.PanelsB && this.PanelsY && lastLanes < isa.Width;
        if (masked)
        {
            code.Line($"var mask = LaneMask.First{isa.Suffix}({lastLanes});");
        }

        using (code.Braces($"for (nint i = 0; i < {this.KText}; i++)"))
        {
            for (int j = 0; j < vectors; j++)
            {
                code.Line($"var b{j} = {isa.Load("b", columnB(j))}{(masked && j == vectors - 1 ? " & mask" : "")};");
            }

            for (int i = 0; i < rows; i++)
            {
                code.Line($"var a{i} = {isa.Create(i == 0 ? "a" : $"Unsafe.Add(ref a, {Place(i, this.StrideA.Row, 0)})")};");
                for (int j = 0; j < vectors; j++)
                {
                    code.Line($"c{i}_{j} = {isa.MultiplyAdd}(a{i}, b{j}, c{i}_{j});");
                }
            }

            code.Line($"a = ref Unsafe.Add(ref a, {this.StrideA.Inner});");
            code.Line($"b = ref Unsafe.Add(ref b, {stepB});");
        }
    }

    /// <summary>Loads the operands that are the same for every row of a tile.</summary>
    private void EmitRowOperands(CodeWriter code, Isa isa, int vectors)
    {
        for (int i = 1; i <= this.Epilogue.Operands.Count; i++)
        {
            for (int j = 0; this.Epilogue.Operands[i - 1] == EpilogueOperand.Row && j < vectors; j++)
            {
                code.Line($"var e{i}_{j} = {isa.Load($"e{i}", Literal.Of(j * isa.Width))};");
            }
        }
    }

    /// <summary>Finishes the accumulators and stores them; the last vector's only as far as it is valid, unless it is a panel's.</summary>
    private void EmitStores(CodeWriter code, Isa isa, int rows, int vectors, int valid, Func<int, int, string> at, Func<int, int, string> place)
    {
        bool asFunction = this.Epilogue != Epilogue.None && rows * vectors > FewVectors;
        if (asFunction)
        {
            code.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
            using (code.Braces($"static {isa.Type} Finish({string.Join(", ", Enumerable.Range(0, this.Epilogue.Operands.Count + 1).Select(i => $"{isa.Type} x{i}"))})"))
            {
                string result = ExprEmitter.Emit(code, isa, [this.Epilogue.Body], i => "x" + Literal.Of(i), null, "t")[0];
                code.Line($"return {result};");
            }
        }

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < vectors; j++)
            {
                (string product, int row, int vector) = ($"c{i}_{j}", i, j);
                string Operand(int k) => k == 0 ? product
                    : this.Epilogue.Operands[k - 1] == EpilogueOperand.Row ? $"e{k}_{vector}"
                    : isa.Load($"e{k}", at(row, vector));
                string result = this.Epilogue == Epilogue.None ? product
                    : asFunction ? $"Finish({string.Join(", ", Enumerable.Range(0, this.Epilogue.Operands.Count + 1).Select(Operand))})"
                    : ExprEmitter.Emit(code, isa, [this.Epilogue.Body], Operand, null, $"t{i}_{j}_")[0];
                int lanes = Math.Min(isa.Width, valid - (j * isa.Width));
                code.Line(lanes == isa.Width || this.PanelsY
                    ? isa.Store(result, "y", place(i, j))
                    : isa.StoreTail(result, $"Unsafe.Add(ref y, {place(i, j)})", Literal.Of(lanes)));
            }
        }
    }
}
