namespace NetGen;

/// <summary>Dimensions that are not a number.</summary>
public static class Dim
{
    /// <summary>A time dimension, whose length is known only at run time: <c>[Input(Dim.Any, 64)]</c>.</summary>
    public const int Any = -1;
}
