/** The mark that goes with red, for those to whom red is not red. */
export function Triangle() {
  return (
    <svg className="triangle" viewBox="0 0 8 8" aria-hidden="true">
      <path d="M4 .8 7.6 7.2H.4z" />
    </svg>
  );
}
