namespace NetGen.Generator;

/// <summary>Prints a <see cref="WholeNet"/> as one method a path.</summary>
internal static class WholeNetEmitter
{
    public static void Emit(CodeWriter code, WholeNet net, EmitOptions options)
    {
        code.Line();
        code.Line("/// <inheritdoc/>");
        code.Line("public override bool RunsWhole => true;");
        code.Line();
        code.Line($"/// <summary>All layers ({string.Join(", ", net.Layers.Select(l => $"{l.Inputs}x{l.Outputs}"))}) in one method, sample by sample: calls between layers would cost more than their arithmetic.</summary>");
        options.Optimize(code);
        using (code.Braces("public override void RunWhole(ref float prepared, ref float input, ref float output, nint samples)"))
        {
            for (int p = 0; p < Isa.All.Length; p++)
            {
                Isa isa = Isa.All[p];
                using (code.Braces(p == Isa.All.Length - 1 ? "else" : $"{(p > 0 ? "else " : "")}if ({isa.Vector}.IsHardwareAccelerated)"))
                {
                    code.Line($"Whole{isa.Suffix}(ref prepared, ref input, ref output, samples);");
                }
            }
        }

        foreach (Isa isa in Isa.All)
        {
            EmitPath(code, isa, net, options);
        }
    }

    private static void EmitPath(CodeWriter code, Isa isa, WholeNet net, EmitOptions options)
    {
        WholeNetLayer first = net.Layers[0], last = net.Layers[net.Layers.Count - 1];
        code.Line();
        options.Optimize(code);
        using (code.Braces($"private static void Whole{isa.Suffix}(ref float w, ref float input, ref float output, nint samples)"))
        {
            if (net.Layers.Count > 1)
            {
                int widest = net.Layers.Take(net.Layers.Count - 1).Max(l => PanelLayout.StoredColumns(l.Outputs));
                code.Line($"ref float hidden = ref MemoryMarshal.GetReference((Span<float>)stackalloc float[{widest}]);");
            }

            using (code.Braces("for (nint sample = 0; sample < samples; sample++)"))
            {
                for (int i = 0; i < net.Layers.Count; i++)
                {
                    bool ends = i == net.Layers.Count - 1;
                    code.Line($"// {net.Layers[i].Inputs}x{net.Layers[i].Outputs}");
                    using (code.Braces())
                    {
                        EmitLayer(code, isa, net.Layers[i], i == 0 ? "input" : "hidden", ends, ends && net.Softmax);
                    }
                }

                code.Line($"input = ref Unsafe.Add(ref input, {first.Inputs});");
                code.Line($"output = ref Unsafe.Add(ref output, {last.Outputs});");
            }
        }
    }

    private static void EmitLayer(CodeWriter code, Isa isa, WholeNetLayer layer, string source, bool ends, bool softmax)
    {
        if (layer.IsDot)
        {
            EmitDot(code, isa, layer, source, ends);
            return;
        }

        int vectors = (layer.Outputs + isa.Width - 1) / isa.Width;

        // Several chains a vector hide the latency of the multiply-adds; together they stay within half of the registers.
        int chains = Math.Max(1, Math.Min(layer.Inputs, Math.Min(8, (isa == Isa.Avx512 ? 16 : 8) / vectors)));
        for (int c = 0; c < chains; c++)
        {
            code.Line($"{isa.Type} {string.Join(", ", Enumerable.Range(0, vectors).Select(v => $"c{c}_{v} = {isa.Zero}"))};");
        }

        int whole = layer.Inputs / chains * chains;
        using (code.Braces($"for (nint k = 0; k < {whole}; k += {chains})"))
        {
            for (int c = 0; c < chains; c++)
            {
                EmitTerm(code, isa, layer, source, vectors, c, "a" + Literal.Of(c), c == 0 ? "k" : $"k + {c}");
            }
        }

        for (int k = whole; k < layer.Inputs; k++)
        {
            EmitTerm(code, isa, layer, source, vectors, k - whole, "rest" + Literal.Of(k - whole), Literal.Of(k));
        }

        string[] results = new string[vectors];
        for (int v = 0; v < vectors; v++)
        {
            code.Line($"{isa.Type} s{v} = {Tree([.. Enumerable.Range(0, chains).Select(c => $"c{c}_{v}")])};");
            int column = v * isa.Width;
            string Input(int i) => i == 0 ? $"s{v}" : isa.Load("w", Literal.Of(layer.Rows[i - 1] + column));
            code.Line($"{isa.Type} y{v} = {ExprEmitter.Emit(code, isa, [layer.Body], Input, null, $"t{v}_")[0]};");
            results[v] = "y" + Literal.Of(v);
        }

        if (softmax)
        {
            EmitSoftmax(code, isa, layer.Outputs, vectors);
        }

        for (int v = 0; v < vectors; v++)
        {
            int lanes = Math.Min(isa.Width, layer.Outputs - (v * isa.Width));
            code.Line(!ends ? isa.Store(results[v], "hidden", Literal.Of(v * isa.Width))
                : lanes == isa.Width ? isa.Store(results[v], "output", Literal.Of(v * isa.Width))
                : isa.StoreTail(results[v], $"Unsafe.Add(ref output, {v * isa.Width})", Literal.Of(lanes)));
        }
    }

    private static void EmitDot(CodeWriter code, Isa isa, WholeNetLayer layer, string source, bool ends)
    {
        string sum = DotKernel.EmitSum(code, isa, layer.Inputs, source, "w", Literal.Of(layer.Weights));
        code.Line($"{isa.Type} s0 = {isa.Create(sum)};");
        string Input(int i) => i == 0 ? "s0" : isa.Create($"Unsafe.Add(ref w, {layer.Rows[i - 1]})");
        string y = ExprEmitter.Emit(code, isa, [layer.Body], Input, null, "t")[0];
        code.Line(isa.StoreTail(y, ends ? "output" : "hidden", "1"));
    }

    private static void EmitSoftmax(CodeWriter code, Isa isa, int columns, int vectors)
    {
        int lastLanes = columns - ((vectors - 1) * isa.Width);
        if (lastLanes < isa.Width)
        {
            code.Line($"{isa.Type} mask = LaneMask.First{isa.Suffix}({lastLanes});");
            code.Line($"y{vectors - 1} = {isa.Vector}.ConditionalSelect(mask, y{vectors - 1}, {isa.Create("float.NegativeInfinity")});");
        }

        string maximum = Enumerable.Range(0, vectors).Select(v => "y" + Literal.Of(v)).Aggregate((a, b) => $"VectorMath.Max({a}, {b})");
        code.Line($"{isa.Type} shift = {isa.Create($"Horizontal.Max({maximum})")};");
        for (int v = 0; v < vectors; v++)
        {
            code.Line($"y{v} = VectorMath.Exp(y{v} - shift);");
        }

        code.Line($"{isa.Type} scale = {isa.Create($"1f / Horizontal.Sum({string.Join(" + ", Enumerable.Range(0, vectors).Select(v => "y" + Literal.Of(v)))})")};");
        for (int v = 0; v < vectors; v++)
        {
            code.Line($"y{v} *= scale;");
        }
    }

    private static void EmitTerm(CodeWriter code, Isa isa, WholeNetLayer layer, string source, int vectors, int chain, string name, string k)
    {
        string a = isa.Create(k == "0" ? source : $"Unsafe.Add(ref {source}, {k})");
        if (vectors > 1)
        {
            code.Line($"{isa.Type} {name} = {a};");
            a = name;
        }

        IReadOnlyList<(int Column, int Width, int Valid)> panels = PanelLayout.Panels(layer.Outputs);
        for (int v = 0; v < vectors; v++)
        {
            (int column, int width, _) = panels[v * isa.Width / PanelLayout.Width];
            long start = layer.Weights + ((long)column * layer.Inputs) + ((v * isa.Width) - column);
            code.Line($"c{chain}_{v} = {isa.MultiplyAdd}({a}, {isa.Load("w", $"{Literal.Of(start)} + (({k}) * {width})")}, c{chain}_{v});");
        }
    }

    /// <summary>The sum as a balanced tree: short chains, and a fixed order.</summary>
    private static string Tree(IReadOnlyList<string> terms) =>
        terms.Count == 1 ? terms[0] : $"({Tree([.. terms.Take((terms.Count + 1) / 2)])} + {Tree([.. terms.Skip((terms.Count + 1) / 2)])})";
}
