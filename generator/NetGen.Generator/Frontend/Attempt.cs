using System.Globalization;

namespace NetGen.Generator;

/// <summary>
/// A value, or the text of the exception that came instead: an exception that left a generator would switch it off for the rest of the session.
/// All that the compiler does happens inside one, in the invariant culture: an IDE runs it in the user's, and there -1 may be written with
/// another sign and the upper case of i be another letter.
/// </summary>
internal sealed record Attempt<T>(T? Value, string? Failure)
    where T : class
{
    /// <summary>Calls <paramref name="make"/>; only cancellation passes through.</summary>
    /// <param name="subject">What it is about, for the message.</param>
    /// <param name="make">Gives the value.</param>
    public static Attempt<T> Make(string subject, Func<T?> make)
    {
        Thread thread = Thread.CurrentThread;
        CultureInfo culture = thread.CurrentCulture;
        try
        {
            thread.CurrentCulture = CultureInfo.InvariantCulture;
            return new Attempt<T>(make(), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new Attempt<T>(null, Describe(subject, exception));
        }
        finally
        {
            thread.CurrentCulture = culture;
        }
    }

    /// <summary>One line, since many tools show only the first, with the method that threw, but without the paths of the machine that built the compiler.</summary>
    private static string Describe(string subject, Exception exception)
    {
        string place = exception.StackTrace?.Split('\n').FirstOrDefault()?.Trim() ?? "";
        int path = place.IndexOf(") in ", StringComparison.Ordinal);
        place = path >= 0 ? place.Substring(0, path + 1) : place;
        string message = exception.Message.Replace("\r", "").Replace('\n', ' ');
        return $"{subject}: {exception.GetType().Name}: {message} {place}".TrimEnd();
    }
}
