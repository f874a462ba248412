namespace NetGen.Generator;

/// <summary>h' = activation(x W + h U + b): Keras's SimpleRNN, ONNX's RNN.</summary>
/// <param name="style">Whether its arguments are Keras's or ONNX's.</param>
internal sealed class SimpleRNNLayer(RecurrentStyle style) : RecurrentLayer(style)
{
    protected override string CellName => this.Style.IsOnnx ? "RNN" : "SimpleRNN";

    protected override IReadOnlyList<string> CellArguments => this.Style.IsOnnx ? [] : ["Activation"];

    protected override IReadOnlyList<CellFunction> Functions => [CellFunction.State];

    protected override IReadOnlyList<string> States => ["h"];

    protected override IReadOnlyList<Value> Step(LayerContext context, Recurrence r)
    {
        long units = r.Units;
        Value kernel = r.Weight("kernel", r.Space.Kernel(1), "GlorotUniform()", "Kernel");
        Value recurrent = r.Weight("recurrent_kernel", r.Space.Recurrent(1), "Orthogonal()", "Recurrent");
        Value? bias = context.Boolean("UseBias", true) ? r.Weight("bias", Shape.Of(units), "Zeros()", "Bias") : null;
        Value sum = r.Map(Expr.In(0) + Expr.In(1), r.Project(kernel, bias), r.Product(r.Previous(), r.Constant("u", recurrent)));
        return [r.Activate(sum, 0)];
    }
}
