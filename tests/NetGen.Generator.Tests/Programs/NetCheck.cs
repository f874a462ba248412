namespace NetGen.Generator.Tests;

/// <summary>Compares emitted programs with the interpreter.</summary>
internal static class NetCheck
{
    /// <summary>The tolerance of one op, relative to the largest number of the reference.</summary>
    public const double Op = 2e-5;

    /// <summary>The tolerance of a whole network.</summary>
    public const double Net = 1e-4;

    /// <summary>How much more a program may round than once behind each op: its ops round within, too.</summary>
    private const double Roundings = 8;

    /// <summary>What is zero in exact arithmetic comes to in double, beside the largest number that it is the difference of: the gradient of a shift before a normalization, what is taken off itself.</summary>
    private const double Zero = 1e-12;

    /// <summary>What it comes to in single precision.</summary>
    private const double SumRounding = 1e-6 / Roundings;

    public static void Inference(EmittedNet net, NetData data, double tolerance)
    {
        Reference reference = Reference.Run(net.InferenceGraph, data);
        Rounding rounding = new(net.InferenceGraph, data, isFused: false);
        NetRun run = NetRun.Infer(net, data);
        for (int i = 0; i < run.Outputs.Length; i++)
        {
            Value output = net.InferenceGraph.Outputs[i].Value;
            double noise = Math.Max(rounding.Of(reference, g => g.Outputs[i].Value), NoiseOfZero(reference[output], LargestGiven(net.InferenceGraph, data)));
            Near(reference[output], Doubles(run.Outputs[i]), noise, tolerance, $"output {i} of inference, batch {data.Batch}, of {net}");
            CheckMask(net.InferenceGraph.Outputs[i], reference, run.Masks[i]);
        }

        CheckStates(net.InferenceGraph, reference, rounding, run, tolerance, $" of inference, batch {data.Batch}, of {net}");
    }

    /// <summary>Outputs, gradients, new states and pad lanes of a training step.</summary>
    public static void Training(EmittedNet net, NetData data, double tolerance, bool isFused = false)
    {
        Graph graph = net.TrainingGraph!;
        Reference reference = Reference.Run(graph, data, isFused);
        Rounding rounding = new(graph, data, isFused);
        NetRun run = NetRun.Train(net, data, isFused);
        string where = $", batch {data.Batch}{(isFused ? ", from the logits" : "")}, of {net}";
        for (int i = 0; i < run.Outputs.Length; i++)
        {
            double noise = Math.Max(rounding.Of(reference, g => g.Outputs[i].Value), NoiseOfZero(reference[graph.Outputs[i].Value], LargestGiven(graph, data)));
            Near(reference[graph.Outputs[i].Value], Doubles(run.Outputs[i]), noise, tolerance, $"output {i} of training{where}");
            CheckMask(graph.Outputs[i], reference, run.Masks[i]);
            if (run.Logits[i] is { } logits)
            {
                Near(reference[graph.Outputs[i].Logits!], Doubles(logits), rounding.Of(reference, g => g.Outputs[i].Logits!), tolerance, $"the logits of output {i}{where}");
            }
        }

        if (graph.Penalty is not null)
        {
            Near(reference[graph.Penalty], Doubles(run.Penalties!), rounding.Of(reference, g => g.Penalty!), tolerance, $"the penalties{where}");
        }

        double largest = graph.ParameterGradients.Select(u => Largest(reference[u.NewValue])).DefaultIfEmpty().Max();
        if (largest == 0)
        {
            // Nothing learns: the terms of the sums are as large as what the loss gives.
            largest = LargestGiven(graph, data);
        }

        for (int k = 0; k < graph.ParameterGradients.Count; k++)
        {
            StateUpdate update = graph.ParameterGradients[k];
            if (run.IsFrozen(update.State))
            {
                Assert.True(run.IsUntouched(update.State), $"the gradient of {update.State.Name}, which is frozen, was computed{where}");
                continue;
            }

            double[] expected = reference[update.NewValue];
            double noise = Math.Max(rounding.Of(reference, g => g.ParameterGradients[k].NewValue), NoiseOfZero(expected, largest));
            Near(expected, run.Unpack(update.State, run.Gradients), noise, tolerance, $"the gradient of {update.State.Name}{where}");
        }

        foreach (Value parameter in graph.Parameters)
        {
            int state = graph.Updates.FindLastIndex(u => u.State == parameter);
            double[] expected = state < 0 ? data.Of(parameter, graph) : reference[graph.Updates[state].NewValue];
            Near(expected, run.Unpack(parameter, run.Weights), state < 0 ? 0 : rounding.Of(reference, g => g.Updates[state].NewValue), tolerance, $"the state {parameter.Name} behind the step{where}");
        }

        CheckStates(graph, reference, rounding, run, tolerance, where);
        Assert.True(run.PadsAreZero(run.Gradients), $"a pad lane of the gradients is not zero{where}");
        Assert.True(run.PadsAreZero(run.Weights), $"a pad lane of the weights is not zero{where}");
    }

    /// <summary>A training step gives the same bits for any number of threads.</summary>
    public static void Parts(EmittedNet net, NetData data)
    {
        NetRun one = NetRun.Train(net, data);
        foreach (int parts in new[] { 2, 3 })
        {
            NetRun several = NetRun.Train(net, data, parts: parts);
            for (int i = 0; i < one.Outputs.Length; i++)
            {
                Assert.True(one.Outputs[i].Span.SequenceEqual(several.Outputs[i].Span), $"output {i} differs on {parts} threads, batch {data.Batch}, of {net}");
            }

            Assert.True(one.States.Span.SequenceEqual(several.States.Span), $"what is taken over differs on {parts} threads, batch {data.Batch}, of {net}");
            foreach (Value parameter in one.Graph.Parameters)
            {
                Assert.True(one.Unpack(parameter, one.Gradients).SequenceEqual(several.Unpack(parameter, several.Gradients)), $"the gradient of {parameter.Name} differs on {parts} threads, batch {data.Batch}, of {net}");
                Assert.True(one.Unpack(parameter, one.Weights).SequenceEqual(several.Unpack(parameter, several.Weights)), $"the state {parameter.Name} differs on {parts} threads, batch {data.Batch}, of {net}");
            }
        }
    }

    /// <summary>Compares with a tolerance relative to the largest number of the reference.</summary>
    public static void Near(double[] expected, double[] actual, double tolerance, string what) => Near(expected, actual, 0, tolerance, what);

    /// <summary>
    /// Compares with a tolerance relative to the largest number of the reference, or to what rounding does to it where that is more: what is zero in exact
    /// arithmetic (the gradient of a shift before a normalization) is nothing but rounding.
    /// </summary>
    private static void Near(double[] expected, double[] actual, double rounding, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = Largest(expected);
        double bound = Math.Max(tolerance * scale, Roundings * rounding);
        for (int i = 0; i < expected.Length; i++)
        {
            bool isNear = Math.Abs(expected[i] - actual[i]) <= bound || expected[i].Equals((double)(float)actual[i]);
            Assert.True(isNear, $"{what}: element {i} is {actual[i]:R} and should be {expected[i]:R}; the largest is {scale:R}, rounding between ops moves it by {rounding:R}");
        }
    }

    private static void CheckStates(Graph graph, Reference reference, Rounding rounding, NetRun run, double tolerance, string where)
    {
        for (int i = 0; i < graph.States.Count; i++)
        {
            int update = graph.Updates.FindIndex(u => u.State == graph.States[i]);
            Near(reference[graph.Updates[update].NewValue], run.State(i), rounding.Of(reference, g => g.Updates[update].NewValue), tolerance, $"what {graph.States[i].Name} leaves for the next call{where}");
        }
    }

    private static void CheckMask(GraphOutput output, Reference reference, GuardedBuffer? mask)
    {
        if (output.StepMask is { } steps)
        {
            Assert.Equal(reference[steps], Doubles(mask!));
        }
    }

    /// <summary>What rounding may make of numbers that are all zero, each as much as the last one of a sum: it is not seen between the ops where one op makes them.</summary>
    private static double NoiseOfZero(double[] expected, double largest) => Largest(expected) < Zero * largest ? SumRounding * largest : 0;

    /// <summary>The largest number that a graph is given.</summary>
    private static double LargestGiven(Graph graph, NetData data) =>
        graph.Values.Where(v => v.Kind is ValueKind.Input or ValueKind.Parameter or ValueKind.Gradient).Select(v => Largest(data.Of(v, graph))).DefaultIfEmpty().Max();

    private static double Largest(double[] values) => values.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty().Max();

    public static double[] Doubles(GuardedBuffer buffer)
    {
        double[] result = new double[buffer.Length];
        Span<float> span = buffer.Span;
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = span[i];
        }

        return result;
    }
}
