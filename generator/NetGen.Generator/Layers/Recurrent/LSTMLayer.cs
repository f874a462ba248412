namespace NetGen.Generator;

/// <summary>
/// Long short-term memory: i, f, o = recurrentActivation(x W + h U + b), c' = f c + i activation(...), h' = o activation(c'), gates in the order i, f, c, o.
/// A masked step keeps its state and repeats its last output.
/// </summary>
internal sealed class LSTMLayer : Layer
{
    public override string Kind => "LSTM";

    public override IReadOnlyList<string> Arguments =>
    [
        "Units", "Activation", "RecurrentActivation", "UseBias", "UnitForgetBias", "Dropout", "RecurrentDropout", "Seed",
        "ReturnSequences", "ReturnState", "GoBackwards", "ZeroOutputForMask", "InitialState",
        "KernelInitializer", "RecurrentInitializer", "BiasInitializer",
        "KernelRegularizer", "RecurrentRegularizer", "BiasRegularizer",
        "KernelConstraint", "RecurrentConstraint", "BiasConstraint",
    ];

    public override Value Build(LayerContext context)
    {
        Graph g = context.Graph;
        Shape x = context.X.Shape;
        if (x.Rank != 3)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes an input of (batch, time, features), not {x}.");
        }

        long units = context.Integer("Units", least: 1, most: int.MaxValue / 4);
        Value kernel = context.Parameter("kernel", Shape.Of(x[2], 4 * units), "GlorotUniform()", "Kernel");
        Value recurrent = context.Parameter("recurrent_kernel", Shape.Of(units, 4 * units), "Orthogonal()", "Recurrent");

        // All steps of x W + b at once; the loop only adds h U.
        Value input = Recurrence.DropOut(context, context.X, "Dropout", Shape.Of(x[0], 1, x[2]));
        Value z = g.Add(new MatMul(), g.Add(new Reshape(Shape.Of(x[0] * x[1], x[2])), input), kernel);
        if (context.Boolean("UseBias", true))
        {
            string start = context.Boolean("UnitForgetBias", true) ? $"UnitForgetBias({(context.Initializer("Bias") is { } others ? "new global::NetGen." + others : "")})" : "Zeros()";
            z = g.Add(new Map(Expr.In(0) + Expr.In(1)), z, context.Parameter("bias", Shape.Of(4 * units), start, "Bias", forceInitializer: context.Boolean("UnitForgetBias", true)));
        }

        z = g.Add(new Reshape(Shape.Of(x[0], x[1], 4 * units)), z);
        ScanBody body = new();
        Shape state = Shape.Of(x[0], units);
        Value h = body.AddState("h", state);
        Value c = body.AddState("c", state);
        Value gates = body.AddSequence("z", Shape.Of(x[0], 4 * units));
        Recurrence recurrence = new(context, body, [h, c], z, state);
        Value before = recurrence.DropRecurrent(h, "RecurrentDropout");
        Value product = body.Graph.Add(new MatMul(), before, recurrence.Constant("u", recurrent));
        Value sum = body.Graph.Add(new Map(Expr.In(0) + Expr.In(1)), gates, product);
        Value i = Gate(0, "RecurrentActivation", "Sigmoid");
        Value f = Gate(1, "RecurrentActivation", "Sigmoid");
        Value candidate = Gate(2, "Activation", "Tanh");
        Value o = Gate(3, "RecurrentActivation", "Sigmoid");
        Value nextC = body.Graph.Add(new Map((Expr.In(0) * Expr.In(1)) + (Expr.In(2) * Expr.In(3))), f, c, i, candidate);
        Value nextH = body.Graph.Add(new Map(Expr.In(0) * Expr.In(1)), o, Activate(nextC, "Activation", "Tanh"));
        return recurrence.Finish([nextH, nextC], ["state_h", "state_c"]);

        Value Gate(int index, string argument, string fallback) => Activate(body.Graph.Add(new Slice(1, index * units, units), sum), argument, fallback);

        Value Activate(Value value, string argument, string fallback) =>
            ActivationTable.Apply(context.Enum(argument, "Activation", ActivationTable.Names, fallback), body.Graph, value);
    }
}
