namespace NetGen.Generator.Tests;

/// <summary>What a network's graph comes to in double precision.</summary>
internal sealed class Reference
{
    private readonly Interpreter interpreter;

    private Reference(Interpreter interpreter) => this.interpreter = interpreter;

    public double[] this[Value value] => this.interpreter.Get(value).Data;

    /// <summary>Runs a graph. The gradients of logits are those that follow from the outputs', unless the loss is taken to have given them.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="data">Its inputs and weights.</param>
    /// <param name="isFused">Whether the loss gives the gradients of logits.</param>
    /// <param name="rounds">Rounds every value between two ops to single precision.</param>
    public static Reference Run(Graph graph, NetData data, bool isFused = false, bool rounds = false)
    {
        Interpreter interpreter = new(data.SizesOf(graph), (draw, element) => Philox.Uniform((ulong?)draw.Seed ?? NetData.Seed, (uint)draw.Stream, NetData.Step, element), rounds);
        foreach (Value value in graph.Values.Where(v => v.Kind is not (ValueKind.Computed or ValueKind.Constant)))
        {
            interpreter.Set(value, data.Of(value, graph));
        }

        interpreter.Run(graph);
        if (!isFused && graph.LogitGradients.Count > 0)
        {
            foreach (StateUpdate update in graph.LogitGradients)
            {
                interpreter.Set(update.State, interpreter.Get(update.NewValue).Data);
            }

            interpreter.Run(graph);
        }

        return new Reference(interpreter);
    }
}
