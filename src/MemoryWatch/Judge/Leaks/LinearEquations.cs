namespace MemoryWatch.Judge;

/// <summary>Solves a few linear equations, those of a least-squares fit.</summary>
internal static class LinearEquations
{
    /// <summary>Gauss and Jordan; the solution is in the last column.</summary>
    /// <param name="equations">One row for each equation: the factors, then the right side.</param>
    /// <param name="unknowns">Number of unknowns, and of equations.</param>
    /// <returns>Whether there is one.</returns>
    public static bool Solve(Span<double> equations, int unknowns)
    {
        var width = unknowns + 1;
        for (var pivot = 0; pivot < unknowns; pivot++)
        {
            var best = pivot;
            for (var row = pivot + 1; row < unknowns; row++)
            {
                best = Math.Abs(equations[(row * width) + pivot]) > Math.Abs(equations[(best * width) + pivot]) ? row : best;
            }

            if (Math.Abs(equations[(best * width) + pivot]) < 1e-6)
            {
                return false;
            }

            for (var column = 0; column < width; column++)
            {
                (equations[(pivot * width) + column], equations[(best * width) + column]) =
                    (equations[(best * width) + column], equations[(pivot * width) + column]);
            }

            for (var row = 0; row < unknowns; row++)
            {
                var part = row == pivot ? 0 : equations[(row * width) + pivot] / equations[(pivot * width) + pivot];
                for (var column = pivot; column < width; column++)
                {
                    equations[(row * width) + column] -= part * equations[(pivot * width) + column];
                }
            }

            var divisor = equations[(pivot * width) + pivot];
            for (var column = pivot; column < width; column++)
            {
                equations[(pivot * width) + column] /= divisor;
            }
        }

        return true;
    }
}
