namespace NetGen.Generator;

/// <summary>
/// Long short-term memory: i, f, o = recurrentActivation(x W + h U + b), c' = f c + i activation(...), h' = o activation(c'), gates in the order i, f, c, o. With peepholes i and
/// f see p c as well, and o sees p c'; with a coupled input f is 1 - i.
/// </summary>
/// <param name="style">Whether its arguments are Keras's or ONNX's.</param>
internal class LSTMLayer(RecurrentStyle style) : RecurrentLayer(style)
{
    protected override string CellName => "LSTM";

    protected sealed override IReadOnlyList<string> CellArguments => this.Style.IsOnnx
        ? ["InputForget", "Peepholes", "PeepholeInitializer", "PeepholeRegularizer", "PeepholeConstraint"]
        : ["Activation", "RecurrentActivation", "UnitForgetBias"];

    protected sealed override IReadOnlyList<CellFunction> Functions => [CellFunction.Gate, CellFunction.State, CellFunction.State];

    protected sealed override IReadOnlyList<string> States => ["h", "c"];

    protected sealed override IReadOnlyList<Value> Step(LayerContext context, Recurrence r)
    {
        long units = r.Units;
        Value kernel = r.Weight("kernel", r.Space.Kernel(4), "GlorotUniform()", "Kernel");
        Value recurrent = r.Weight("recurrent_kernel", r.Space.Recurrent(4), "Orthogonal()", "Recurrent");
        Value? bias = null;
        if (context.Boolean("UseBias", true))
        {
            bool isForced = !this.Style.IsOnnx && context.Boolean("UnitForgetBias", true);
            string start = isForced ? $"UnitForgetBias({(context.Initializer("Bias") is { } others ? "new global::NetGen." + others : "")})" : "Zeros()";
            bias = r.Weight("bias", Shape.Of(4 * units), start, "Bias", forceInitializer: isForced);
        }

        bool isCoupled = context.Boolean("InputForget", false);
        if (isCoupled)
        {
            // The forget gate has no columns that anyone reads.
            (kernel, recurrent, bias) = (Used(kernel, 1), Used(recurrent, 1), bias is null ? null : Used(bias, 0));
        }

        // All steps of x W + b at once; the loop only adds h U.
        Value gates = r.Map(Expr.In(0) + Expr.In(1), r.Project(kernel, bias), r.Product(r.Previous(), r.Constant("u", recurrent)));
        Value? peepholes = context.Boolean("Peepholes", false) ? r.Weight("peephole", Shape.Of(3, units), "GlorotUniform()", "Peephole") : null;
        Value i = r.Activate(Peep(r.Gate(gates, 0), r.States[1], "pi", 0), 0);
        Value f = isCoupled ? r.Map(1 - Expr.In(0), i) : r.Activate(Peep(r.Gate(gates, 1), r.States[1], "pf", 2), 0);
        Value candidate = r.Activate(r.Gate(gates, isCoupled ? 1 : 2), 1);
        Value outer = r.Gate(gates, isCoupled ? 2 : 3);

        // Only with peepholes the output gate waits for the new state.
        Value? o = peepholes is null ? r.Activate(outer, 0) : null;
        Value c = r.Map((Expr.In(0) * Expr.In(1)) + (Expr.In(2) * Expr.In(3)), f, r.States[1], i, candidate);
        o ??= r.Activate(Peep(outer, c, "po", 1), 0);
        Value h = r.Map(Expr.In(0) * Expr.In(1), o, r.Activate(c, 2));
        return [h, c];

        Value Used(Value weight, int axis) => context.Graph.Add(
            new Concat(axis), context.Graph.Add(new Slice(axis, 0, units), weight), context.Graph.Add(new Slice(axis, 2 * units, 2 * units), weight));

        // The rows are those of i, o and f.
        Value Peep(Value gate, Value state, string name, int row) => peepholes is null ? gate
            : r.Map(Expr.In(0) + (Expr.In(1) * Expr.In(2)), gate, state, r.Constant(name, context.Graph.Add(new Reshape(Shape.Of(units)), context.Graph.Add(new Slice(0, row, 1), peepholes))));
    }
}
