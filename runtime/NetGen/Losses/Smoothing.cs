namespace NetGen;

/// <summary>The check that the losses with label smoothing share.</summary>
internal static class Smoothing
{
    public static float Checked(double labelSmoothing) => labelSmoothing is >= 0 and <= 1
        ? (float)labelSmoothing
        : throw new ArgumentOutOfRangeException(nameof(labelSmoothing), labelSmoothing, "Expected a number in [0, 1].");
}
