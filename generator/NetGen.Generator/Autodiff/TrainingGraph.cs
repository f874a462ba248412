namespace NetGen.Generator;

/// <summary>Appends the backward half to a training graph: from the gradients that the loss gives to those of the parameters.</summary>
internal static class TrainingGraph
{
    public static void AppendGradients(Graph graph)
    {
        List<(Value, Value)> seeds = [];
        int count = graph.Outputs.Count;
        for (int i = 0; i < count; i++)
        {
            GraphOutput output = graph.Outputs[i];
            Value dY = graph.Gradient("d_" + output.Name, output.Value.Type, i);
            if (output.Logits is not { } logits)
            {
                seeds.Add((output.Value, dY));
                continue;
            }

            // Two entries: a cross-entropy starts at the logits, any other loss at the output, from where the logits' gradient is computed.
            Value dLogits = graph.Gradient("d_logits_" + output.Name, logits.Type, count + i);
            Dictionary<Value, Value> entry = Autodiff.Backward(graph, [(output.Value, dY)], [logits]);
            graph.LogitGradients.Add(new StateUpdate(dLogits, entry[logits]));
            seeds.Add((logits, dLogits));
        }

        if (graph.Penalty is { } penalty)
        {
            // The loss is the sum over all samples: the gradient is 1, or the scale of the loss, which the runtime knows.
            seeds.Add((penalty, graph.Gradient("d_penalty", penalty.Type, graph.PenaltySlot)));
        }

        Value[] parameters = [.. graph.Parameters.Where(p => p.Parameter!.Trainable)];
        Dictionary<Value, Value> gradients = Autodiff.Backward(graph, seeds, parameters);
        graph.ParameterGradients.AddRange(parameters.Where(gradients.ContainsKey).Select(p => new StateUpdate(p, gradients[p])));
    }
}
