using System.Globalization;

namespace NetGen.Conformance.Tests.Keras;

/// <summary>Keras's own tolerance of a case: atol and rtol (numpy.testing.assert_allclose), decimal (assert_almost_equal:
/// |a - e| &lt; 1.5 * 10^-decimal), or nothing (equal).</summary>
internal sealed class KerasTolerance(KerasValue value)
{
    /// <summary>Null when all elements agree; otherwise the first difference in words.</summary>
    public string? Compare(KerasArray expected, KerasArray actual)
    {
        if (actual.Length != expected.Length || !Squeeze(actual.Shape).SequenceEqual(Squeeze(expected.Shape)))
            return $"the shape is {actual}, expected {expected}";
        for (int i = 0; i < expected.Length; i++)
        {
            if (!Agree(expected.Data[i], actual.Data[i]))
                return string.Create(CultureInfo.InvariantCulture, $"element {i} is {actual.Data[i]:R}, expected {expected.Data[i]:R} within {value}");
        }
        return null;
    }

    private static IEnumerable<int> Squeeze(int[] shape) => shape.Where(size => size != 1);

    private bool Agree(double expected, double actual)
    {
        if (expected.Equals(actual) || expected == actual)
            return true;
        double difference = Math.Abs(actual - expected);
        if (value.TryGet("decimal", out KerasValue decimals))
            return difference < 1.5 * Math.Pow(10, -decimals.AsInt());
        if (value.TryGet("rtol", out KerasValue rtol))
            return difference <= value["atol"].AsDouble() + rtol.AsDouble() * Math.Abs(expected);
        return false;
    }
}
