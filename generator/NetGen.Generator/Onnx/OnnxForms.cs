using static NetGen.Generator.OnnxWriter;

namespace NetGen.Generator;

/// <summary>How the forms that layers noted are said in ONNX.</summary>
internal static class OnnxForms
{
    /// <summary>ONNX's number of the type.</summary>
    private const int Int32 = 6;

    public static void Lower(OnnxLowering lowering, KnownForm form)
    {
        switch (form)
        {
            case BatchNormalizationForm normalization:
                Lower(lowering, normalization);
                break;
            case LayerNormalizationForm normalization:
                Lower(lowering, normalization);
                break;
            case MeanForm mean:
                OnnxTable.LowerReduction(lowering, mean.X, mean.Y, "ReduceMean", mean.Axes, mean.KeepDims);
                break;
            case ProductForm product:
                Lower(lowering, product);
                break;
            case VolumeConvForm conv:
                OnnxTable.LowerConv(lowering, conv.Geometry, conv.X, conv.Filter, conv.Y);
                break;
            case VolumeConvTransposeForm conv:
                OnnxTable.LowerConvTranspose(lowering, conv.Geometry, conv.X, conv.Filter, conv.Y);
                break;
            case VolumePoolForm pool:
                OnnxTable.LowerPool(lowering, pool.Op, pool.Geometry, pool.X, pool.Y);
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

    private static void Lower(OnnxLowering l, LayerNormalizationForm form)
    {
        OnnxWriter w = l.Writer;
        Shape normalized = form.X.Shape.Slice(form.Axis, form.X.Shape.Rank);
        string gamma = form.Gamma is { } scale ? l.Plain(scale) : l.Filled(1, normalized);
        string[] inputs = form.Beta is { } beta ? [l.Plain(form.X), gamma, l.Plain(beta)] : [l.Plain(form.X), gamma];
        l.Set(form.Y, w.Node("LayerNormalization", inputs, Attribute("axis", form.Axis - form.X.Shape.Rank), Attribute("epsilon", form.Epsilon)));
    }

    private static void Lower(OnnxLowering l, ProductForm form)
    {
        // ONNX's product of matrices is one of each of those along the axes in front.
        OnnxWriter w = l.Writer;
        Shape x = form.X.Shape, y = form.Y.Shape, kernel = form.Kernel.Shape;
        int outer = x.Rank - form.Rank;
        long rows = kernel.CountOf(0, form.Rank).Constant, columns = kernel.CountOf(form.Rank, kernel.Rank).Constant;
        bool isMatrix = kernel.Rank == 2;
        string Flat(Value weight, string shape) => isMatrix ? l.Plain(weight) : w.Weight(weight.Name, "reshape " + shape);
        string left = form.Rank == 1 ? l.Plain(form.X) : w.Node("Reshape", [l.Plain(form.X), w.Vector([.. Enumerable.Repeat(0L, outer), rows])]);
        string product = w.Node("MatMul", [left, Flat(form.Kernel, FormattableString.Invariant($"{rows} {columns}"))]);
        if (form.Bias is { } bias)
        {
            product = w.Node("Add", [product, Flat(bias, FormattableString.Invariant($"{columns}"))]);
        }

        product = form.Scale == 1 ? product : w.Node("Mul", [product, w.Scalar(form.Scale)]);
        l.Set(form.Y, y.Rank == outer + 1 ? product : w.Node("Reshape", [product, w.Vector([.. Enumerable.Repeat(0L, outer), .. y.Dims.Skip(outer).Select(d => d.Constant)])]));
    }

    private static void Lower(OnnxLowering l, RecurrentForm form)
    {
        OnnxWriter w = l.Writer;
        (string op, int gates, string take) = form.Kind.Substring(form.Kind.IndexOf('.') + 1) switch
        {
            // ONNX's order of gates is i, o, f, c.
            "LSTM" => ("LSTM", 4, " take 1 : 0 3 1 2"),
            "GRU" => ("GRU", 3, ""),
            _ => ("RNN", 1, ""),
        };
        long units = form.Recurrent.Shape[0].Constant, features = form.Kernel.Shape[0].Constant;
        string Matrix(Value weight, long rows) => w.Weight(weight.Name, $"reshape {rows} {gates} {units}{take} transpose 1 2 0 reshape 1 {gates * units} {rows}");
        List<string> inputs = [l.In(form.X, EquatableArray.Of(1, 0, 2)), Matrix(form.Kernel, features), Matrix(form.Recurrent, units), Bias(), form.Lengths is null ? "" : w.Node("Cast", [l.Plain(form.Lengths)], Attribute("to", Int32))];
        inputs.AddRange(form.Initial.Select(s => s is null ? "" : w.Node("Unsqueeze", [l.Plain(s), w.Vector([0])])));
        if (form.Peepholes is { } peepholes)
        {
            inputs.AddRange(Enumerable.Repeat("", 7 - inputs.Count));
            inputs.Add(w.Weight(peepholes.Name, $"reshape 1 {3 * units}"));
        }

        while (inputs[inputs.Count - 1].Length == 0)
        {
            inputs.RemoveAt(inputs.Count - 1);
        }

        List<string> attributes = [Attribute("hidden_size", units), Attribute("direction", form.IsReverse ? "reverse" : "forward"), Attribute("activations", form.Activations.Select(a => a.Name))];
        // Each activation that has one takes the next number.
        double[] alphas = [.. form.Activations.Select(a => a.Alpha).OfType<double>()], betas = [.. form.Activations.Select(a => a.Beta).OfType<double>()];
        if (alphas.Length > 0)
        {
            attributes.Add(Attribute("activation_alpha", alphas));
        }

        if (betas.Length > 0)
        {
            attributes.Add(Attribute("activation_beta", betas));
        }

        if (form.Clip is { } clip)
        {
            attributes.Add(Attribute("clip", clip));
        }

        if (op == "GRU")
        {
            attributes.Add(Attribute("linear_before_reset", form.ResetsAfter ? 1 : 0));
        }

        if (form.CouplesGates)
        {
            attributes.Add(Attribute("input_forget", 1));
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
