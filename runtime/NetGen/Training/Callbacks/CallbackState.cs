using System.Globalization;

namespace NetGen;

/// <summary>Numbers in the state of callbacks, which is text.</summary>
internal static class CallbackState
{
    public static void Write(IDictionary<string, string> state, string name, double value) => state[name] = Arguments.Format(value);

    /// <summary>A number, or null where there is none.</summary>
    public static double? Read(IReadOnlyDictionary<string, string> state, string name) =>
        state.TryGetValue(name, out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
}
