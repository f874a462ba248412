namespace NetGen.Generator;

/// <summary>P[k] = V[k] times W[k] for the columns [first, last) and all planes k of Winograd's factors, which convolutions with equal tiles share, whatever their sizes.</summary>
/// <param name="Tiles">The tiles of the paths, open, at any number of lanes.</param>
/// <param name="HasWholePanels">Whether there are panels of 32 channels.</param>
/// <param name="HasNarrowPanel">Whether there is a last panel of 16.</param>
internal sealed record WinogradProducts(EquatableArray<RegisterTile> Tiles, bool HasWholePanels, bool HasNarrowPanel) : ITile
{
    public string Name => $"Products{string.Join("x", this.Tiles.Select(t => t.Rows))}{(!this.HasNarrowPanel ? "" : this.HasWholePanels ? "_Last16" : "_Only16")}{this.Tiles[0].Variant}";

    public void Emit(CodeWriter code, EmitOptions options)
    {
        IReadOnlyList<string> types = this.Tiles[0].TypeParameters;
        code.Line();
        options.Optimize(code);
        using (code.Braces($"private static void {this.Name}{TypeArguments.List(types)}(ref float v, ref float w, ref float p, nint planes, nint used, nint tiles, nint inner, nint m, nint first, nint last){TypeArguments.Constraints(types)}"))
        {
            code.Line($"nint rows = {TileSet.ByPath(isa => Literal.Of(this.Tiles.First(t => t.Isa == isa).Rows))};");
            using (code.Braces("for (nint k = 0; k < planes; k++)"))
            {
                if (this.HasWholePanels)
                {
                    using (code.Braces($"for (nint column = first; column + {PanelLayout.Width} <= last; column += {PanelLayout.Width})"))
                    {
                        this.EmitPanel(code, PanelLayout.Width);
                    }
                }

                if (this.HasNarrowPanel)
                {
                    using (code.Braces("if (last == m)"))
                    {
                        code.Line("nint column = m - 16;");
                        this.EmitPanel(code, 16);
                    }
                }
            }
        }
    }

    private void EmitPanel(CodeWriter code, int width)
    {
        code.Line("ref float wAt = ref Unsafe.Add(ref w, (k * inner * m) + (column * inner));");
        using (code.Braces("for (nint tile = 0; tile < used; tile += rows)"))
        {
            // Where a block is short, tiles run over factors of an earlier one, whose products nobody reads.
            code.Line("nint at = Math.Min(tile, tiles - rows);");
            code.Line("ref float vAt = ref Unsafe.Add(ref v, ((k * tiles) + at) * inner);");
            code.Line("ref float pAt = ref Unsafe.Add(ref p, (((k * tiles) + at) * m) + column);");
            for (int i = 0; i < this.Tiles.Count; i++)
            {
                RegisterTile tile = this.Tiles[i];
                using (code.Braces(TileSet.Head(i, this.Tiles.Count, tile.Isa)))
                {
                    TileSet.EachBlock(code, TileSet.Cut(tile.Isa, width), (c, lanes) => code.Line((tile with { Lanes = lanes }).Call(
                        new TileCall("vAt", TileSet.At("wAt", c), TileSet.At("pAt", c)) { K = "inner", StrideA = "inner", StepB = Literal.Of(width), StrideY = "m" }) + ";"));
                }
            }
        }
    }
}

/// <summary>Y = epilogue of Y, pixel by pixel, over some channels of what was just written.</summary>
internal sealed record EpiloguePass(Epilogue Epilogue) : ITile
{
    public string Name => "Finish" + EpilogueNames.Of(this.Epilogue);

    public void Emit(CodeWriter code, EmitOptions options)
    {
        code.Line();
        options.Optimize(code);
        using (code.Braces($"private static void {this.Name}({string.Concat(Enumerable.Range(1, this.Epilogue.Operands.Count).Select(i => $"ref float e{i}, "))}ref float y, nint pixels, nint m, nint count)"))
        {
            for (int i = 0; i < Isa.All.Length; i++)
            {
                Isa isa = Isa.All[i];
                using (code.Braces(TileSet.Head(i, Isa.All.Length, isa)))
                using (code.Braces("for (nint pixel = 0; pixel < pixels * m; pixel += m)"))
                using (code.Braces($"for (nint i = 0; i < count; i += {isa.Width})"))
                {
                    for (int k = 0; k <= this.Epilogue.Operands.Count; k++)
                    {
                        code.Line($"var x{k} = {(k > 0 && this.Epilogue.Operands[k - 1] == EpilogueOperand.Row ? isa.Load($"e{k}", "i") : isa.Load(k == 0 ? "y" : $"e{k}", "pixel + i"))};");
                    }

                    string result = ExprEmitter.Emit(code, isa, [this.Epilogue.Body], k => "x" + Literal.Of(k), null, "t")[0];
                    code.Line(isa.Store(result, "y", "pixel + i"));
                }
            }
        }
    }
}

/// <summary>U[k] += V[k] transposed times Q[k] for all planes k of Winograd's factors, which filters' gradients share, whatever their sizes.</summary>
/// <param name="HasWholePanels">Whether there are 32 columns of U.</param>
/// <param name="HasNarrowPanel">Whether there are 16 columns beside those.</param>
internal sealed record WinogradGradientProducts(bool HasWholePanels, bool HasNarrowPanel) : ITile
{
    public string Name => $"GradientProducts{(!this.HasNarrowPanel ? "" : this.HasWholePanels ? "_Last16" : "_Only16")}";

    public void Emit(CodeWriter code, EmitOptions options)
    {
        code.Line();
        options.Optimize(code);
        using (code.Braces($"private static void {this.Name}(ref float v, ref float q, ref float u, nint planes, nint used, nint tiles, nint c, nint m)"))
        using (code.Braces("for (nint k = 0; k < planes; k++)"))
        {
            for (int i = 0; i < Isa.All.Length; i++)
            {
                Isa isa = Isa.All[i];
                using (code.Braces(TileSet.Head(i, Isa.All.Length, isa)))
                using (code.Braces($"for (nint row = 0; row < c; row += {WinogradFilterGradientKernel.RowsOf(isa)})"))
                {
                    code.Line("ref float vAt = ref Unsafe.Add(ref v, (k * tiles * c) + row);");
                    code.Line("ref float qAt = ref Unsafe.Add(ref q, k * tiles * m);");
                    code.Line("ref float uAt = ref Unsafe.Add(ref u, ((k * c) + row) * m);");
                    int lanes = Math.Min(TileSet.Vectors * isa.Width, this.HasWholePanels ? PanelLayout.Width : 16);
                    using (code.Braces($"for (nint column = 0; column + {lanes} <= m; column += {lanes})"))
                    {
                        EmitCall(code, isa, lanes, "column");
                    }

                    if (this.HasNarrowPanel && lanes > 16)
                    {
                        EmitCall(code, isa, 16, "m - 16");
                    }
                }
            }
        }
    }

    private static void EmitCall(CodeWriter code, Isa isa, int lanes, string column) => code.Line(WinogradFilterGradientKernel.Tile(isa, lanes).Call(
        new TileCall("vAt", TileSet.At("qAt", column), TileSet.At("uAt", column)) { K = "used", StepA = "c", StepB = "m", StrideY = "m" }) + ";");
}
