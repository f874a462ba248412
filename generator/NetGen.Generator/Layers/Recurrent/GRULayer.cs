namespace NetGen.Generator;

/// <summary>
/// Gated recurrent unit: z, r = recurrentActivation(x W + h U + b), h' = z h + (1 - z) activation(...), gates in the order z, r, h. The reset gate acts behind the product
/// with the recurrent kernel, r (h U), or before it, (r h) U.
/// </summary>
/// <param name="style">Whether its arguments are Keras's or ONNX's.</param>
internal sealed class GRULayer(RecurrentStyle style) : RecurrentLayer(style)
{
    protected override string CellName => "GRU";

    protected override IReadOnlyList<string> CellArguments => this.Style.IsOnnx ? ["LinearBeforeReset"] : ["Activation", "RecurrentActivation", "ResetAfter"];

    protected override IReadOnlyList<CellFunction> Functions => [CellFunction.Gate, CellFunction.State];

    protected override IReadOnlyList<string> States => ["h"];

    protected override IReadOnlyList<Value> Step(LayerContext context, Recurrence r)
    {
        long units = r.Units;
        bool isAfter = r.ResetsAfter;
        Value kernel = r.Weight("kernel", r.Space.Kernel(3), "GlorotUniform()", "Kernel");
        Value recurrent = r.Weight("recurrent_kernel", r.Space.Recurrent(3), "Orthogonal()", "Recurrent");
        (Value? bias, Value? recurrentBias) = (null, null);
        if (context.Boolean("UseBias", true))
        {
            Value both = r.Weight("bias", isAfter ? Shape.Of(2, 3 * units) : Shape.Of(3 * units), "Zeros()", "Bias");
            bias = isAfter ? Row(both, 0) : both;
            recurrentBias = isAfter ? Row(both, 1) : null;
        }

        Value x = r.Project(kernel, bias);
        Value h = r.Previous();
        Value inner, candidate;
        if (isAfter)
        {
            inner = r.Product(h, r.Constant("u", recurrent));
            inner = recurrentBias is null ? inner : r.Map(Expr.In(0) + Expr.In(1), inner, r.Constant("b", recurrentBias));
            candidate = r.Map(Expr.In(0) * Expr.In(1), Gate(1), r.Gate(inner, 2));
        }
        else
        {
            inner = r.Product(h, r.Constant("u", Columns(0, 2)));
            candidate = r.Product(r.Map(Expr.In(0) * Expr.In(1), Gate(1), h), r.Constant("uh", Columns(2, 1)));
        }

        candidate = r.Activate(r.Map(Expr.In(0) + Expr.In(1), r.Gate(x, 2), candidate), 1);

        // The state itself goes on, not what a dropout leaves of it, which would grow from step to step.
        return [r.Map((Expr.In(0) * Expr.In(1)) + ((1 - Expr.In(0)) * Expr.In(2)), Gate(0), r.States[0], candidate)];

        Value Gate(int index) => r.Activate(r.Map(Expr.In(0) + Expr.In(1), r.Gate(x, index), r.Gate(inner, index)), 0);

        Value Columns(int first, int count) => context.Graph.Add(new Slice(1, first * units, count * units), recurrent);

        Value Row(Value matrix, int index) => context.Graph.Add(new Reshape(Shape.Of(matrix.Shape[1])), context.Graph.Add(new Slice(0, index, 1), matrix));
    }
}
