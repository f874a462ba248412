namespace NetGen.Generator;

/// <summary>A layer that is one expression over the elements of its inputs, which broadcast: <c>Ops.Div("a", "b")</c>.</summary>
/// <param name="kind">The attribute's name.</param>
/// <param name="inputs">How many inputs it takes.</param>
/// <param name="body">The expression, from the arguments and the elements.</param>
/// <param name="arguments">The arguments that it reads.</param>
internal sealed class MapLayer(string kind, int inputs, Func<LayerContext, Expr[], Expr> body, params string[] arguments) : Layer
{
    public override string Kind => kind;

    public override (int Least, int Most) Inputs => (inputs, inputs);

    public override IReadOnlyList<string> Arguments => arguments;

    public override Value Build(LayerContext context)
    {
        IReadOnlyList<Value> aligned = Batch.Align(context);
        context.OutputMask = ElementwiseMergeLayer.MergedMask(context);
        return context.Graph.Add(new Map(body(context, [.. aligned.Select((_, i) => Expr.In(i))])), [.. aligned]);
    }
}
