namespace NetGen.Generator;

/// <summary>
/// Long short-term memory: i, f, o = recurrentActivation(x W + h U + b), c' = f c + i activation(...), h' = o activation(c'), gates in the order i, f, c, o.
/// </summary>
internal sealed class LSTMLayer : RecurrentLayer
{
    public override string Kind => "LSTM";

    protected override IReadOnlyList<string> CellArguments => ["Activation", "RecurrentActivation", "UnitForgetBias"];

    protected override IReadOnlyList<string> States => ["h", "c"];

    protected override IReadOnlyList<Value> Step(LayerContext context, Recurrence r)
    {
        long units = r.Units;
        Value kernel = r.Weight("kernel", Shape.Of(r.Input.Shape[2], 4 * units), "GlorotUniform()", "Kernel");
        Value recurrent = r.Weight("recurrent_kernel", Shape.Of(units, 4 * units), "Orthogonal()", "Recurrent");
        Value? bias = null;
        if (context.Boolean("UseBias", true))
        {
            bool isForced = context.Boolean("UnitForgetBias", true);
            string start = isForced ? $"UnitForgetBias({(context.Initializer("Bias") is { } others ? "new global::NetGen." + others : "")})" : "Zeros()";
            bias = r.Weight("bias", Shape.Of(4 * units), start, "Bias", forceInitializer: isForced);
        }

        // All steps of x W + b at once; the loop only adds h U.
        Value gates = r.Map(Expr.In(0) + Expr.In(1), r.Project(kernel, bias), r.Product(r.Previous(), r.Constant("u", recurrent)));
        Value i = r.Activate(r.Gate(gates, 0), "RecurrentActivation", "Sigmoid");
        Value f = r.Activate(r.Gate(gates, 1), "RecurrentActivation", "Sigmoid");
        Value candidate = r.Activate(r.Gate(gates, 2), "Activation", "Tanh");
        Value o = r.Activate(r.Gate(gates, 3), "RecurrentActivation", "Sigmoid");
        Value c = r.Map((Expr.In(0) * Expr.In(1)) + (Expr.In(2) * Expr.In(3)), f, r.States[1], i, candidate);
        Value h = r.Map(Expr.In(0) * Expr.In(1), o, r.Activate(c, "Activation", "Tanh"));
        return [h, c];
    }
}
