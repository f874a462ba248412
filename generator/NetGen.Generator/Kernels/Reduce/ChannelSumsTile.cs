namespace NetGen.Generator;

/// <summary>Sums over some rows of the channels [from, stop), several vectors of them at a time. All kernels of equal expressions share it, whatever their channels and rows.</summary>
/// <param name="Isa">The code path.</param>
/// <param name="Vectors">Vectors of channels that run side by side.</param>
/// <param name="Lanes">Channels where they do not fill a vector, else 0.</param>
/// <param name="Operands">How each operand lies.</param>
/// <param name="Body">One expression a sum.</param>
internal sealed record ChannelSumsTile(Isa Isa, int Vectors, int Lanes, EquatableArray<SumOperand> Operands, EquatableArray<Expr> Body) : ITile
{
    public string Name =>
        FormattableString.Invariant($"Sums{this.Vectors}{(this.Lanes > 0 ? FormattableString.Invariant($"_of_{this.Lanes}") : "")}_{EpilogueNames.Of(this.Body, this.Operands.Select(o => o.ToString()))}_{this.Isa.Suffix}");

    public void Emit(CodeWriter code, EmitOptions options)
    {
        code.Line();
        options.Optimize(code);
        using (code.Braces($"private static void {this.Name}({string.Concat(this.Operands.Select((_, i) => $"ref float x{i}, "))}ref float y, nint rows, nint channels, nint from, nint stop)"))
        using (code.Braces($"for (nint c = from; c < stop; c += {this.Vectors * this.Isa.Width})"))
        {
            this.EmitRowsOfOperands(code);
            code.Line($"{this.Isa.Type} {string.Join(", ", this.Sums().Select(s => $"sum{s.Sum}_{s.Vector} = default"))};");
            using (code.Braces("for (nint row = 0; row < rows; row++)"))
            {
                code.Line("nint at = (row * channels) + c;");
                for (int v = 0; v < this.Vectors; v++)
                {
                    this.EmitTerms(code, v);
                }
            }

            foreach ((int sum, int vector) in this.Sums())
            {
                string place = string.Join(" + ", new[] { sum == 0 ? "" : sum == 1 ? "channels" : $"({sum} * channels)", "c", vector == 0 ? "" : Literal.Of(vector * this.Isa.Width) }.Where(t => t.Length > 0));
                code.Line(this.Lanes == 0 ? this.Isa.Store($"sum{sum}_{vector}", "y", place) : this.Isa.StoreTail($"sum{sum}_{vector}", $"Unsafe.Add(ref y, {place})", Literal.Of(this.Lanes)));
            }
        }
    }

    private IEnumerable<(int Sum, int Vector)> Sums() => from sum in Enumerable.Range(0, this.Body.Count) from vector in Enumerable.Range(0, this.Vectors) select (sum, vector);

    /// <summary>What is the same in all rows.</summary>
    private void EmitRowsOfOperands(CodeWriter code)
    {
        for (int i = 0; i < this.Operands.Count; i++)
        {
            for (int v = 0; v < this.Vectors && this.Operands[i] == SumOperand.Row; v++)
            {
                code.Line($"var r{i}_{v} = {this.Load(i, "c", v)};");
            }

            if (this.Operands[i] == SumOperand.Scalar)
            {
                code.Line($"var r{i} = {this.Isa.Create("x" + Literal.Of(i))};");
            }
        }
    }

    private void EmitTerms(CodeWriter code, int vector)
    {
        for (int i = 0; i < this.Operands.Count; i++)
        {
            if (this.Operands[i] == SumOperand.Full)
            {
                code.Line($"var v{i}_{vector} = {this.Load(i, "at", vector)};");
            }
        }

        string Operand(int i) => this.Operands[i] switch { SumOperand.Full => $"v{i}_{vector}", SumOperand.Row => $"r{i}_{vector}", _ => "r" + Literal.Of(i) };
        string[] terms = ExprEmitter.Emit(code, this.Isa, this.Body, Operand, null, $"t{vector}_");
        for (int k = 0; k < terms.Length; k++)
        {
            code.Line($"sum{k}_{vector} += {terms[k]};");
        }
    }

    private string Load(int operand, string place, int vector)
    {
        string at = vector == 0 ? place : $"{place} + {vector * this.Isa.Width}";
        return this.Lanes == 0 ? this.Isa.Load("x" + Literal.Of(operand), at) : this.Isa.LoadTail($"Unsafe.Add(ref x{operand}, {at})", Literal.Of(this.Lanes));
    }
}
