namespace NetGen;

/// <summary>The check that the focal losses share.</summary>
internal static class Focus
{
    public static float Checked(double gamma) => gamma >= 0 && double.IsFinite(gamma)
        ? (float)gamma
        : throw new ArgumentOutOfRangeException(nameof(gamma), gamma, "Expected a finite number of at least 0.");
}
