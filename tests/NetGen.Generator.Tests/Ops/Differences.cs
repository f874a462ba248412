namespace NetGen.Generator.Tests;

/// <summary>Compares the gradients that Autodiff appends to a graph with central finite differences, both in double.</summary>
internal static class Differences
{
    private const double Step = 1e-5;

    /// <summary>Checks d(sum of outputs times fixed random weights) with respect to every wanted value.</summary>
    /// <param name="graph">A graph with outputs.</param>
    /// <param name="wanted">Inputs or parameters.</param>
    /// <param name="sizes">The numbers of the symbols.</param>
    /// <param name="data">Elements for values; those without get random ones.</param>
    /// <param name="tolerance">Relative to the largest gradient of the value.</param>
    public static void Check(Graph graph, IReadOnlyList<Value> wanted, IReadOnlyDictionary<string, long> sizes, IReadOnlyDictionary<Value, double[]>? data = null, double tolerance = 1e-6)
    {
        Random random = new(1);
        Dictionary<Value, double[]> given = [];
        foreach (Value value in graph.Values.Where(v => v.Kind is ValueKind.Input or ValueKind.Parameter or ValueKind.Toggle or ValueKind.State))
        {
            given[value] = data is not null && data.TryGetValue(value, out double[]? elements) ? elements
                : value.Kind == ValueKind.Toggle ? [1]
                : value.Type.Element == ElementType.Int32 ? [.. Enumerable.Range(0, Count(value, sizes)).Select(i => (double)(i % 3))]
                : [.. Enumerable.Range(0, Count(value, sizes)).Select(_ => value.Parameter is { Trainable: false } ? 0.5 + random.NextDouble() : (random.NextDouble() * 2) - 1)];
        }

        foreach (Value lengths in graph.Values.Where(v => v.Kind == ValueKind.Lengths && data?.ContainsKey(v) == true))
        {
            given[lengths] = data![lengths];
        }

        int forwardCount = graph.Nodes.Count;
        (Value Value, double[] Weights)[] outputs = [.. graph.Outputs.Select(o => (o.Value, Enumerable.Range(0, Count(o.Value, sizes)).Select(_ => (random.NextDouble() * 2) - 1).ToArray()))];
        (Value, Value)[] seeds = [.. outputs.Select((o, i) => (o.Value, graph.Gradient("d" + i, o.Value.Type, i)))];
        Dictionary<Value, Value> gradients = Autodiff.Backward(graph, seeds, wanted);

        Interpreter backward = new(sizes, Uniform);
        foreach ((Value value, double[] elements) in given)
        {
            backward.Set(value, elements);
        }

        for (int i = 0; i < seeds.Length; i++)
        {
            backward.Set(seeds[i].Item2, outputs[i].Weights);
        }

        backward.Run(graph);
        foreach (Value value in wanted)
        {
            double[] numeric = new double[given[value].Length];
            for (int i = 0; i < numeric.Length; i++)
            {
                numeric[i] = (Loss(value, i, Step) - Loss(value, i, -Step)) / (2 * Step);
            }

            double[] analytic = gradients.TryGetValue(value, out Value? gradient) ? backward.Get(gradient).Data : new double[numeric.Length];
            double scale = Math.Max(1, numeric.Max(Math.Abs));
            for (int i = 0; i < numeric.Length; i++)
            {
                Assert.True(
                    Math.Abs(numeric[i] - analytic[i]) <= tolerance * scale,
                    $"d/d{value.Name}[{i}] is {numeric[i]:R} by differences and {analytic[i]:R} by rule, in\n{graph}");
            }
        }

        double Loss(Value moved, int element, double step)
        {
            Interpreter forward = new(sizes, Uniform);
            foreach ((Value value, double[] elements) in given)
            {
                double[] copy = (double[])elements.Clone();
                if (value == moved)
                {
                    copy[element] += step;
                }

                forward.Set(value, copy);
            }

            forward.Run(graph, forwardCount);
            return outputs.Sum(o => forward.Get(o.Value).Data.Zip(o.Weights, (y, w) => y * w).Sum());
        }
    }

    /// <summary>Uniform numbers by (stream, element), without a state.</summary>
    public static double Uniform(int stream, long element)
    {
        ulong x = (ulong)((stream * 1000003L) + element + 1) * 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return ((x ^ (x >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>The same for a graph's own streams.</summary>
    public static double Uniform(UniformExpr draw, long element) => Uniform(draw.Stream + (int)((draw.Seed ?? 0) * 31), element);

    public static int Count(Value value, IReadOnlyDictionary<string, long> sizes) => DoubleTensor.CountOf(value.Shape.Evaluate(sizes));
}
