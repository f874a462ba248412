using NetGen.Importing;
using NetGen.Onnx;
using DataType = NetGen.Onnx.Proto.TensorProto.Types.DataType;

namespace NetGen.Conformance.Tests.Onnx;

/// <summary>Runs an imported network on a case's tensors, and compares in the model's own order of axes.</summary>
internal static class OnnxComparison
{
    private const double Single = 1e-5;

    /// <summary>What ONNX's own tests allow beside the relative difference.</summary>
    private const double Absolute = 1e-7;

    /// <summary>The first difference over all data sets, or null.</summary>
    public static string? Difference(OnnxCase c, ImportedNetwork imported, Network network)
    {
        int k = 0;
        foreach (OnnxDataSet set in c.Sets)
        {
            float[][] inputs = [.. imported.Inputs.Select(p => ToTape(p, set.Inputs[c.Graph.Inputs.ToList().FindIndex(i => i.Name == p.Name)]))];
            int samples = imported.Inputs.Select(p => p.BatchAxis < 0 ? 1 : set.Inputs[c.Graph.Inputs.ToList().FindIndex(i => i.Name == p.Name)].Shape[p.BatchAxis]).Distinct().Single();
            float[][] outputs = Run(network, inputs, [.. set.Outputs.Select(o => o.Count)], samples);
            for (int i = 0; i < outputs.Length; i++)
            {
                ImportedPort port = imported.Outputs[i];
                OnnxTensor expected = set.Outputs[i];
                if (port.Axes.Count != expected.Shape.Length || port.Shape.Where((d, a) => d != -1 && d != expected.Shape[a]).Any())
                    return $"output '{port.Name}' has the shape ({string.Join(", ", port.Shape)}), expected ({string.Join(", ", expected.Shape)})";
                float[] actual = PortLayout.ToModel(outputs[i], Physical(port.Axes, expected.Shape), port.Axes);
                if (Difference(expected, actual) is { } difference)
                    return $"{(c.Sets.Count > 1 ? $"set {k}, " : "")}output '{port.Name}': {difference}";
            }

            k++;
        }

        return null;
    }

    /// <summary>The first difference of elements, or null: exact for whole numbers and truth values, else within rounding of the output's type and of single precision.</summary>
    public static string? Difference(OnnxTensor expected, IReadOnlyList<float> actual)
    {
        double[] wanted = expected.ReadDoubles();
        if (wanted.Length != actual.Count)
            return $"{actual.Count} elements, expected {wanted.Length}";
        bool isWhole = expected.Type is not (DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16);
        double unit = expected.Type switch { DataType.Float16 => 1e-3, DataType.Bfloat16 => 1e-2, _ => Single };
        double largest = wanted.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
        for (int i = 0; i < wanted.Length; i++)
        {
            double x = actual[i], y = wanted[i];
            bool isNear = double.IsNaN(y) ? double.IsNaN(x)
                : double.IsInfinity(y) || Math.Abs(y) > float.MaxValue ? x == y || x == (float)y
                : isWhole ? x == (float)y
                : Math.Abs(x - y) <= Absolute + (unit * Math.Abs(y)) + (unit * largest);
            if (!isNear)
                return FormattableString.Invariant($"element {i} of {wanted.Length} is {x:R}, expected {y:R}");
        }

        return null;
    }

    public static float[][] Run(Network network, float[][] inputs, int[] lengths, int samples)
    {
        if (inputs.Length > 4 || lengths.Length > 4)
            throw new NotSupportedException("more than 4 inputs or outputs");
        float[][] outputs = [.. lengths.Select(l => new float[l])];
        PredictCall call = new()
        {
            Samples = samples,
            Input0 = At(inputs, 0),
            Input1 = At(inputs, 1),
            Input2 = At(inputs, 2),
            Input3 = At(inputs, 3),
            Output0 = At(outputs, 0),
            Output1 = At(outputs, 1),
            Output2 = At(outputs, 2),
            Output3 = At(outputs, 3),
        };
        network.Infer(in call, threads: 1);
        return outputs;

        static float[]? At(float[][] arrays, int i) => i < arrays.Length ? arrays[i] : null;
    }

    /// <summary>A tensor of the model in the network's order of axes.</summary>
    public static float[] ToTape(ImportedPort port, OnnxTensor tensor) => PortLayout.ToTape(tensor.ReadFloats(), Physical(port.Axes, tensor.Shape), port.Axes);

    /// <summary>The sizes in the network's order, with 1 where the model has no axis.</summary>
    public static int[] Physical(IReadOnlyList<int> axes, int[] shape)
    {
        int[] physical = [.. Enumerable.Repeat(1, axes.Append(0).Max() + 1)];
        for (int a = 0; a < axes.Count; a++)
        {
            if (axes[a] >= 0)
                physical[axes[a]] = shape[a];
        }

        return physical;
    }
}
