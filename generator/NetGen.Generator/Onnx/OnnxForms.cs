using static NetGen.Generator.OnnxWriter;

namespace NetGen.Generator;

/// <summary>How the forms that layers noted are said in ONNX.</summary>
internal static class OnnxForms
{
    public static void Lower(OnnxLowering lowering, KnownForm form)
    {
        switch (form)
        {
            case BatchNormalizationForm normalization:
                Lower(lowering, normalization);
                break;
            case RecurrentForm recurrent:
                Lower(lowering, recurrent);
                break;
            default:
                throw new NotSupportedException($"{form.GetType().Name} has no ONNX form.");
        }
    }

    private static void Lower(OnnxLowering l, BatchNormalizationForm form)
    {
        OnnxWriter w = l.Writer;
        int rank = form.X.Shape.Rank;
        long channels = form.X.Shape[form.Axis].Constant;
        EquatableArray<int> order = new[] { 0, form.Axis }.Concat(Enumerable.Range(1, rank - 1).Where(i => i != form.Axis)).ToEquatableArray();
        string Row(Value? value, double fallback) => value is null ? w.Floats([.. Enumerable.Repeat(fallback, (int)channels)], channels) : l.Plain(value);
        string y = w.Node("BatchNormalization", [l.In(form.X, order), Row(form.Gamma, 1), Row(form.Beta, 0), l.Plain(form.Mean), l.Plain(form.Variance)], Attribute("epsilon", form.Epsilon));
        l.Set(form.Y, y, order);
    }

    private static void Lower(OnnxLowering l, RecurrentForm form)
    {
        OnnxWriter w = l.Writer;
        (string op, int gates, string take) = form.Kind switch
        {
            // ONNX's order of gates is i, o, f, c.
            "LSTM" => ("LSTM", 4, " take 1 : 0 3 1 2"),
            "GRU" => ("GRU", 3, ""),
            _ => ("RNN", 1, ""),
        };
        long units = form.Recurrent.Shape[0].Constant, features = form.Kernel.Shape[0].Constant;
        string Matrix(Value weight, long rows) => w.Weight(weight.Name, $"reshape {rows} {gates} {units}{take} transpose 1 2 0 reshape 1 {gates * units} {rows}");
        List<string> inputs = [l.In(form.X, EquatableArray.Of(1, 0, 2)), Matrix(form.Kernel, features), Matrix(form.Recurrent, units), Bias(), ""];
        inputs.AddRange(form.Initial.Select(s => s is null ? "" : w.Node("Unsqueeze", [l.Plain(s), w.Vector([0])])));
        while (inputs[inputs.Count - 1].Length == 0)
        {
            inputs.RemoveAt(inputs.Count - 1);
        }

        List<string> attributes = [Attribute("hidden_size", units), Attribute("direction", form.IsReverse ? "reverse" : "forward"), Attribute("activations", form.Activations.Select(a => a.Name))];
        if (form.Activations.Any(a => a.Alpha is not null))
        {
            attributes.Add(Attribute("activation_alpha", form.Activations.Select(a => a.Alpha ?? 0)));
            attributes.Add(Attribute("activation_beta", form.Activations.Select(a => a.Beta ?? 0)));
        }

        if (form.Kind == "GRU")
        {
            attributes.Add(Attribute("linear_before_reset", form.ResetAfter ? 1 : 0));
        }

        string[] outputs = w.Nodes(op, inputs, 1 + form.Final.Count, [.. attributes]);
        l.Set(form.Sequence, w.Node("Squeeze", [outputs[0], w.Vector([1])]));
        for (int i = 0; i < form.Final.Count; i++)
        {
            l.Set(form.Final[i], w.Node("Squeeze", [outputs[1 + i], w.Vector([0])]));
        }

        if (form.Also is { } also)
        {
            l.Set(also, l.Plain(form.Final[0]));
        }

        // ONNX has a bias of the input's product and one of the state's, one behind the other.
        string Bias()
        {
            if (form.Bias is not { } bias)
            {
                return "";
            }

            if (bias.Shape.Rank == 2)
            {
                return w.Weight(bias.Name, $"reshape 1 {2 * gates * units}");
            }

            string own = w.Weight(bias.Name, $"reshape 1 {gates} {units}{take} reshape 1 {gates * units}");
            return w.Node("Concat", [own, w.Floats(new double[gates * units], 1, gates * units)], Attribute("axis", 1));
        }
    }
}
