namespace NetGen.Generator;

/// <summary>h' = activation(x W + h U + b).</summary>
internal sealed class SimpleRNNLayer : RecurrentLayer
{
    public override string Kind => "SimpleRNN";

    protected override IReadOnlyList<string> CellArguments => ["Activation"];

    protected override IReadOnlyList<string> States => ["h"];

    protected override IReadOnlyList<Value> Step(LayerContext context, Recurrence r)
    {
        long units = r.Units;
        Value kernel = r.Weight("kernel", Shape.Of(r.Input.Shape[2], units), "GlorotUniform()", "Kernel");
        Value recurrent = r.Weight("recurrent_kernel", Shape.Of(units, units), "Orthogonal()", "Recurrent");
        Value? bias = context.Boolean("UseBias", true) ? r.Weight("bias", Shape.Of(units), "Zeros()", "Bias") : null;
        Value sum = r.Map(Expr.In(0) + Expr.In(1), r.Project(kernel, bias), r.Product(r.Previous(), r.Constant("u", recurrent)));
        return [r.Activate(sum, "Activation", "Tanh")];
    }
}
